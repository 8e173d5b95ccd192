import i18next from "i18next";
import { csrf } from "@/api/csrf";
import { answer } from "@/api/problem";

/** What only a sandbox answers, which is why the API's document does not have it. Throws Problem. */
export function sandbox<T>(path: string, body?: unknown): Promise<T> {
  return answer<T>(ask(path, body));
}

async function ask(path: string, body?: unknown) {
  const headers = {
    "Accept-Language": i18next.language,
    "Content-Type": "application/json",
    "X-CSRF-Token": csrf.get() ?? "",
  };
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`/sandbox${path}`, { ...sent, headers });
  const told = await response.json().catch(() => undefined);
  return response.ok ? { data: told, response } : { error: told, response };
}
