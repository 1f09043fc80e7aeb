import { tenantPath } from '~/api/http';
import type { Thing } from '~/app/manifest';
import { pathTo } from '~/app/navigate';

/** What names a resource inside a tenant, written `TrafficRoute/shop/cart` or `Cluster//east`. */
export interface ResourceKey {
  kind: string;
  globalNamespace: string;
  name: string;
}

const PLURALS: Readonly<Record<string, string>> = {
  Cluster: 'clusters',
  GlobalNamespace: 'global-namespaces',
  TrafficRoute: 'traffic-routes',
};

const WORDS: Readonly<Record<string, string>> = {
  Cluster: 'Cluster',
  GlobalNamespace: 'Global namespace',
  TrafficRoute: 'Route',
};

export function globalNamespaceKey(name: string): ResourceKey {
  return { kind: 'GlobalNamespace', globalNamespace: '', name };
}

export function routeKey(globalNamespace: string, name: string): ResourceKey {
  return { kind: 'TrafficRoute', globalNamespace, name };
}

export function parseKey(text: string): ResourceKey {
  const [kind = '', globalNamespace = '', name = ''] = text.split('/');
  return { kind, globalNamespace, name };
}

export function keyText(key: ResourceKey): string {
  return `${key.kind}/${key.globalNamespace}/${key.name}`;
}

/** Its address in the API. */
export function keyPath(tenant: string, key: ResourceKey, ...further: readonly string[]): string {
  const own = [PLURALS[key.kind] ?? key.kind, key.name, ...further];
  return key.globalNamespace === ''
    ? tenantPath(tenant, ...own)
    : tenantPath(tenant, 'global-namespaces', key.globalNamespace, ...own);
}

/** `Route cart in shop` */
export function keyWords(key: ResourceKey): string {
  const kind = WORDS[key.kind] ?? key.kind;
  return key.globalNamespace === '' ? `${kind} ${key.name}` : `${kind} ${key.name} in ${key.globalNamespace}`;
}

/** The same inside a sentence. */
export function keyPhrase(key: ResourceKey): string {
  const words = keyWords(key);
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Its page below the tenant; undefined for a kind without one. */
export function keyPage(key: ResourceKey): string | undefined {
  switch (key.kind) {
    case 'Cluster':
      return pathTo('clusters', key.name);
    case 'GlobalNamespace':
      return pathTo('global-namespaces', key.name);
    case 'TrafficRoute':
      return pathTo('routes', key.globalNamespace, key.name);
    default:
      return undefined;
  }
}

export function thingOf(key: ResourceKey): Thing {
  return key.globalNamespace === ''
    ? { kind: key.kind, name: key.name }
    : { kind: key.kind, name: key.name, globalNamespace: key.globalNamespace };
}

/** An object of a cluster, written `apiVersion|kind|namespace|name`. */
export interface ObjectKey {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
}

export function parseObjectKey(text: string): ObjectKey {
  const [apiVersion = '', kind = '', namespace = '', name = ''] = text.split('|');
  return { apiVersion, kind, namespace, name };
}

/** `VirtualService shop/weft-cart.shop.example`; a text that is no such key as it is. */
export function objectWords(text: string): string {
  if (text.split('|').length !== 4) return text;
  const { kind, namespace, name } = parseObjectKey(text);
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
