import type { RJSFSchema } from "@rjsf/utils";

/** A schema as a form asks for it: what may be null is left out instead, what is one value only is not asked for. */
export function plainSchema(schema: RJSFSchema): RJSFSchema {
  return plain(schema, schema);
}

function plain(schema: RJSFSchema, root: RJSFSchema): RJSFSchema {
  const { anyOf, default: given, ...rest } = schema;
  const kept = given === null ? rest : { ...rest, ...(given !== undefined && { default: given }) };
  const choices = anyOf?.map((one) => one as RJSFSchema).filter((one) => one.type !== "null");
  const one = choices && (choices.find((choice) => "enum" in resolved(choice, root)) ?? choices[0]);
  const merged = one ? { ...resolved(one, root), ...kept } : kept;
  return {
    ...merged,
    ...(merged.properties && { properties: asked(merged.properties as Record<string, RJSFSchema>, root) }),
    ...(merged.items && { items: plain(resolved(merged.items as RJSFSchema, root), root) }),
  };
}

function asked(properties: Record<string, RJSFSchema>, root: RJSFSchema) {
  const fields = Object.entries(properties)
    .filter(([, property]) => !("const" in property))
    .map(([name, property]) => [name, plain(resolved(property, root), root)] as const);
  const byUnits = fields.some(([, field]) => namesUnits(field));
  return Object.fromEntries(fields.filter(([name]) => !(byUnits && name === "line_ids")));
}

/** Whether a field says how many units of which line; then nobody need name whole lines beside it. */
export function namesUnits(field: RJSFSchema): boolean {
  const items = field.items as RJSFSchema | undefined;
  return Boolean(items?.properties?.line_id && items.properties.quantity && Object.keys(items.properties).length === 2);
}

function resolved(schema: RJSFSchema, root: RJSFSchema): RJSFSchema {
  if (!schema.$ref) return schema;
  const { $ref, ...rest } = schema;
  return { ...(root.$defs?.[$ref.replace("#/$defs/", "")] as RJSFSchema), ...rest };
}
