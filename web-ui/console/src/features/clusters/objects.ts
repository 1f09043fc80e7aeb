/** The resource that an object is there for, as its annotation tells. */
export function objectOwner(object: Readonly<Record<string, unknown>>): string {
  const metadata = object.metadata;
  if (typeof metadata !== 'object' || metadata === null) return '';
  const annotations = (metadata as Record<string, unknown>).annotations;
  if (typeof annotations !== 'object' || annotations === null) return '';
  const { 'weft.io/resource': resource, 'weft.io/global-namespace': globalNamespace } = annotations as Record<string, unknown>;
  if (typeof resource === 'string') return resource;
  return typeof globalNamespace === 'string' ? `GlobalNamespace//${globalNamespace}` : '';
}
