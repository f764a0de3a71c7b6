// One request to the relay; how far it got is told, and a broken line is told from a slow one.
const PATIENCE = 90000; // without any progress; a slow line that moves is let go on

/** Send; gives {status, body}. Rejects with the word `offline`, `slow` or `failed` as its message. */
export function post(address, body, { onPart = () => {}, patience = PATIENCE } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), patience);
    };
    request.open("POST", address);
    request.responseType = "text";
    const form = body instanceof FormData;
    if (!form) request.setRequestHeader("Content-Type", "application/json");
    request.upload.onprogress = (event) => {
      wait();
      if (event.lengthComputable) onPart(Math.floor((100 * event.loaded) / event.total));
    };
    request.onloadend = () => clearTimeout(timer);
    request.onload = () => {
      let said = null;
      try { said = JSON.parse(request.responseText); } catch { /* not the relay's own answer */ }
      resolve({ status: request.status, body: said || {} });
    };
    request.onerror = () => reject(new Error(navigator.onLine === false ? "offline" : "failed"));
    request.onabort = () => reject(new Error("slow"));
    wait();
    request.send(form ? body : JSON.stringify(body));
  });
}
