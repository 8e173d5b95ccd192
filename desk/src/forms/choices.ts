import type { RJSFSchema, UiSchema } from "@rjsf/utils";
import { namesUnits } from "@/forms/plainSchema";

/** What the choices of a plain schema are called, where it says so; and which fields take photos, or units of goods. */
export function choices(schema: RJSFSchema): UiSchema {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, RJSFSchema>);
  return Object.fromEntries(fields.map(([name, field]) => [name, named(field)]));
}

function named(field: RJSFSchema): UiSchema {
  const titles = field["x-titles"] as Record<string, string> | undefined;
  if (field["x-files"]) return { "ui:widget": "files" };
  if (namesUnits(field)) return { "ui:widget": "units" };
  if (field.items) return { items: choices(field.items as RJSFSchema) };
  if (!titles || !field.enum) return choices(field);
  return { "ui:enumNames": field.enum.map((code) => titles[String(code)] ?? String(code)) };
}
