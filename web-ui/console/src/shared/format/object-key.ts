/** What `apiVersion|Kind|namespace|name` of a Kubernetes object says. */
export interface ObjectName {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
}

export function splitKey(key: string): ObjectName {
  const [apiVersion, kind, namespace, name] = key.split('|');
  if (name === undefined) return { apiVersion: '', kind: '', namespace: '', name: key };
  return { apiVersion: apiVersion ?? '', kind: kind ?? '', namespace: namespace ?? '', name };
}

/** `VirtualService shop/weft-cart`; a key of another shape as it stands. */
export function objectWords(key: string): string {
  const { kind, namespace, name } = splitKey(key);
  if (kind === '') return key;
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
