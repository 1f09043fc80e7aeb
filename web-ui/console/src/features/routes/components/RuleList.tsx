import type { RouteForm } from '../model';
import { ruleName, ruleWords, splitWords } from '../model';

/** The rules in words, in the order in which they are tried. */
export function RuleList({ form, chosen }: { form: RouteForm; chosen?: number | null }) {
  return (
    <ol className="weft-rule-list">
      {form.rules.map((rule, index) => (
        <li key={index} className={chosen === index ? 'weft-rule-chosen' : undefined} aria-current={chosen === index ? 'true' : undefined}>
          <strong>{ruleName(rule, index)}</strong>: {ruleWords(rule)} → {splitWords(rule)}
          {rule.timeout !== '' && `, within ${rule.timeout}`}
          {rule.retries !== null && (rule.retries.attempts === 0 ? ', no retries' : `, up to ${String(rule.retries.attempts)} retries`)}
        </li>
      ))}
      <li className={chosen === null ? 'weft-rule-chosen' : undefined} aria-current={chosen === null ? 'true' : undefined}>
        <em>everything else</em> → the caller’s own cluster first, the others when it fails
      </li>
    </ol>
  );
}
