// Calls of the page to its own server; an error becomes one Chinese sentence.

export async function send(path, values = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || `服务器回答 ${answer.status}`);
  return told;
}

export async function read(path) {
  const answer = await fetch(path);
  if (answer.status === 204) return null;
  if (!answer.ok) throw new Error(`服务器回答 ${answer.status}`);
  return answer.json();
}
