// One request to the relay; how far it got is told, and a broken line is told from a slow one.
const PATIENCE = 120000;

/** Send; gives {status, body}. Rejects with the word `offline`, `slow` or `failed` as its message. */
export function post(address, body, { onPart = () => {}, patience = PATIENCE } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.timeout = patience;
    request.responseType = "text";
    const form = body instanceof FormData;
    if (!form) request.setRequestHeader("Content-Type", "application/json");
    request.upload.onprogress = (event) => { if (event.lengthComputable) onPart(Math.floor((100 * event.loaded) / event.total)); };
    request.onload = () => {
      let said = null;
      try { said = JSON.parse(request.responseText); } catch { /* not the relay's own answer */ }
      resolve({ status: request.status, body: said || {} });
    };
    request.onerror = () => reject(new Error(navigator.onLine === false ? "offline" : "failed"));
    request.ontimeout = () => reject(new Error("slow"));
    request.send(form ? body : JSON.stringify(body));
  });
}
