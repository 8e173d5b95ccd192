import type { RJSFSchema, UiSchema } from "@rjsf/utils";

/** What the choices of a plain schema are called, where it says so; and which of its fields take photos. */
export function choices(schema: RJSFSchema): UiSchema {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, RJSFSchema>);
  return Object.fromEntries(fields.map(([name, field]) => [name, named(field)]));
}

function named(field: RJSFSchema): UiSchema {
  const titles = field["x-titles"] as Record<string, string> | undefined;
  if (field["x-files"]) return { "ui:widget": "files" };
  if (field.items) return { items: choices(field.items as RJSFSchema) };
  if (!titles || !field.enum) return choices(field);
  return { "ui:enumNames": field.enum.map((code) => titles[String(code)] ?? String(code)) };
}
