// What the made-up hub objects to: as much of the real one's judgement as pages and tests need.
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const RULE_FIELDS = ['name', 'matches', 'split', 'timeout', 'retries'];

const said = (pointer, value, message, expected) => ({ pointer, value: value === undefined ? null : JSON.stringify(value), message, expected });

/** What is wrong with a document by itself. */
export function check(resource) {
  const violations = [];
  const { metadata = {}, spec = {}, kind } = resource;
  if (!LABEL.test(metadata.name ?? '')) violations.push(said('/metadata/name', metadata.name, 'is not a name', 'an RFC 1123 label: lower-case letters, digits and -, up to 63 characters'));
  if (kind === 'GlobalNamespace') violations.push(...ofGlobalNamespace(spec));
  if (kind === 'TrafficRoute') violations.push(...ofRoute(spec));
  return violations;
}

function ofGlobalNamespace(spec) {
  const violations = [];
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(spec.domain ?? '')) violations.push(said('/spec/domain', spec.domain, 'is not a domain', 'a DNS name of at least two labels: shop.example'));
  if ((spec.members ?? []).length === 0) violations.push(said('/spec/members', spec.members, 'has no rule', 'at least one rule'));
  for (const [index, rule] of (spec.members ?? []).entries()) {
    if (rule.namespaceSelector === undefined) violations.push(said(`/spec/members/${index}/namespaceSelector`, undefined, 'is missing', 'which namespaces belong; {} for all'));
    for (const selector of ['clusterSelector', 'namespaceSelector', 'serviceSelector']) {
      if (!Array.isArray(rule[selector])) continue;
      for (const [place, field] of rule[selector].entries()) {
        if (!field.value) violations.push(said(`/spec/members/${index}/${selector}/${place}/value`, field.value, 'is empty', 'a name or part of one'));
      }
    }
  }
  return violations;
}

function ofRoute(spec) {
  const violations = [];
  if (!spec.target) violations.push(said('/spec/target', spec.target, 'is missing', 'the name of a global service, without the domain'));
  if ((spec.rules ?? []).length === 0) violations.push(said('/spec/rules', spec.rules, 'has no rule', 'at least one rule'));
  for (const [index, rule] of (spec.rules ?? []).entries()) {
    const at = `/spec/rules/${index}`;
    for (const field of Object.keys(rule)) {
      if (!RULE_FIELDS.includes(field)) violations.push(said(`${at}/${field}`, rule[field], 'is not built yet', 'the field left out'));
    }
    const sum = (rule.split ?? []).reduce((all, each) => all + (each.weight ?? 0), 0);
    if (rule.split?.length > 0 && sum !== 100) violations.push(said(`${at}/split`, rule.split, `weights sum to ${sum}`, 'weights that sum to 100'));
    if (rule.timeout !== undefined && !/^\d+(ms|s|m|h)$/.test(rule.timeout)) violations.push(said(`${at}/timeout`, rule.timeout, 'is not such a duration', '10s, 5m, 500ms or ISO-8601, from PT0.001S to PT1H'));
    for (const [place, match] of (rule.matches ?? []).entries()) {
      const path = match.path;
      if (path !== undefined && path.op !== 'Regex' && !String(path.value ?? '').startsWith('/')) violations.push(said(`${at}/matches/${place}/path`, path, 'is not a path', 'a value that begins with /'));
      for (const list of ['headers', 'queryParams']) {
        for (const [row, each] of (match[list] ?? []).entries()) {
          if (!each.name) violations.push(said(`${at}/matches/${place}/${list}/${row}/name`, each.name, 'is missing', 'the name of a header or query parameter'));
        }
      }
    }
  }
  return violations;
}

/** What it would collide with; a resource that goes is `before` alone. */
export function collisions(world, { before, after }) {
  if (after === undefined && before.kind === 'GlobalNamespace') {
    const left = [...world.trafficRoutes.values()].filter((each) => each.metadata.globalNamespace === before.metadata.name);
    const names = left.map((each) => `TrafficRoute/${before.metadata.name}/${each.metadata.name}`);
    return names.length === 0 ? [] : [said('/metadata/name', before.metadata.name, `still has ${names.join(', ')}`, 'a global namespace without resources, or these deleted with it')];
  }
  if (after?.kind === 'GlobalNamespace') {
    const taken = [...world.globalNamespaces.values()].find((each) => each.metadata.name !== after.metadata.name && each.spec.domain === after.spec.domain);
    return taken === undefined ? [] : [said('/spec/domain', after.spec.domain, `is taken by GlobalNamespace//${taken.metadata.name}`, 'a domain that is free')];
  }
  if (after?.kind === 'TrafficRoute') {
    const { name, globalNamespace } = after.metadata;
    const other = [...world.trafficRoutes.values()].find((each) => each.metadata.globalNamespace === globalNamespace && each.metadata.name !== name && each.spec.target === after.spec.target);
    return other === undefined ? [] : [said('/spec/target', after.spec.target, `is the target of TrafficRoute/${globalNamespace}/${other.metadata.name} already`, 'one route for each target')];
  }
  return [];
}

/** What was changed again since a revision. */
export function changedSince(world, revision) {
  return revision.changes.flatMap(({ key }) => {
    const later = world.revisions.filter((each) => each.revision > revision.revision && each.resources.includes(key)).at(-1);
    return later === undefined ? [] : [said('', key, `was changed again in revision ${later.revision}`, 'a resource that was not changed since')];
  });
}
