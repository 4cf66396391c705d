/** A file of JSON. Throws with its address where the server has none. */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: expected a file, the server said ${response.status}`);
  return response.json();
}
