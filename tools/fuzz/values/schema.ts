/** What is used here of a schema in an OpenAPI 3.1 or AsyncAPI 3 document (JSON Schema 2020-12). */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** A document whose schemas refer to each other by `#/...`. */
export class SchemaDocument {
  constructor(private readonly root: object) {}

  /** The schema itself, where it only refers to one. Throws where there is none. */
  resolve(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : this.resolve(this.find(schema.$ref));
  }

  /** What stands at a reference. Throws where nothing does. */
  find<T>(reference: string): T {
    let found: unknown = this.root;
    for (const step of reference.replace(/^#\//, '').split('/')) {
      found = (found as Record<string, unknown> | undefined)?.[step];
    }
    if (!found) throw new Error(`The document has no ${reference}`);
    return found as T;
  }
}

/** The types that a schema names; `null` among them where it may be null. */
export function typesOf({ type }: Schema): readonly string[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}
