import type { ErrorSchema } from "@rjsf/utils";
import type { Problem } from "@/api/problem";

/** What the API says of single fields, where a form shows it: at the field. The rest is said below the form. */
export function wrongFields(problem: Problem | null): ErrorSchema {
  const found: ErrorSchema = {};
  for (const { field, message } of problem?.fields ?? []) {
    place(found, field.replace(/^data\./, "").split("."), message);
  }
  return found;
}

function place(into: ErrorSchema, [part, ...rest]: string[], message: string) {
  if (part === undefined) {
    into.__errors = [...(into.__errors ?? []), message];
    return;
  }
  const fields = into as Record<string, ErrorSchema>;
  fields[part] ??= {};
  place(fields[part], rest, message);
}
