// Files packed by gzip, unpacked by the browser itself; for one that cannot, by a module fetched only then.

export async function unpacked(data) {
  const bytes = new Uint8Array(data);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes); // unpacked on its way here
  if ("DecompressionStream" in window)
    return new Response(new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"))).text();
  const { gunzipSync } = await import("./gunzip.js");
  return new TextDecoder().decode(gunzipSync(bytes));
}
