import type { components } from "@generated/openapi";

type Details = components["schemas"]["ProblemDetails"];

/** Why the API did not do what it was asked for, in sentences that can be read out. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly sentences: string[];
  /** What is wrong with single fields of the input. */
  readonly fields: { field: string; message: string }[];

  constructor(details: Partial<Details>) {
    super(details.detail ?? details.title ?? "");
    this.status = details.status ?? 0;
    this.code = details.code ?? "unreachable";
    const reasons = details.reasons ?? [];
    this.sentences = reasons.length ? reasons.map((reason) => reason.message) : [this.message];
    this.fields = reasons.flatMap(({ figures, message }) => (figures?.field ? { field: figures.field, message } : []));
  }
}

/** What a call answered. Throws Problem. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Problem({ status: response.status, ...(error as Partial<Details> | undefined) });
  return data as T;
}
