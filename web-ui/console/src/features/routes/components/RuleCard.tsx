import { Button, Card, CardBody, CardHeader, CardTitle, Checkbox, ExpandableSection, FormGroup, TextInput } from '@patternfly/react-core';
import { ArrowDownIcon, ArrowUpIcon, PlusIcon, TrashIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { FieldHelp, validity } from '~/shared/changes/FieldHelp';
import { moved } from '~/shared/resources/draft';
import { type Json, at, listOf, pointerOf } from '~/shared/resources/json';
import { RETRY_CONDITIONS, RULES, type Retries, type Rule, appended, conditions, ruleName, rulePath, ruleWords, without } from '../model';
import { useEditing, useViolations } from './editing';
import { MatchFields } from './MatchFields';
import { SplitFields } from './SplitFields';
import { TextField } from './fields';

/** One rule: its conditions, where its requests go, and how long they may take. */
export function RuleCard({ index, rule, chosen }: { index: number; rule: Rule; chosen: boolean }) {
  const { document, form, edit, readOnly } = useEditing();
  const name = ruleName(rule, index);
  const last = form.rules.length - 1;
  const rules = listOf(at(document, RULES));
  const matches = rulePath(index, 'matches');
  const wrong = useViolations(matches);
  const unreachable = rule.matches.length === 0 && index < last;
  return (
    <Card isCompact className={chosen ? 'weft-rule weft-rule-chosen' : 'weft-rule'} component="section" aria-label={`Rule ${name}`}>
      <CardHeader
        actions={
          readOnly === ''
            ? {
                actions: (
                  <>
                    <Button variant="plain" size="sm" isDisabled={index === 0} aria-label={`Try ${name} earlier`} icon={<ArrowUpIcon />} onClick={() => edit(moved(RULES, rules, index, index - 1))} />
                    <Button variant="plain" size="sm" isDisabled={index === last} aria-label={`Try ${name} later`} icon={<ArrowDownIcon />} onClick={() => edit(moved(RULES, rules, index, index + 1))} />
                    <Button variant="plain" size="sm" isDisabled={last === 0} aria-label={`Remove ${name}`} icon={<TrashIcon />} onClick={() => edit(without(document, RULES, index))} />
                  </>
                ),
              }
            : undefined
        }
      >
        <CardTitle component="h3">
          {index + 1}. {name}
        </CardTitle>
      </CardHeader>
      <CardBody>
        {rule.matches.length === 0 ? (
          <p>
            Catches every request{unreachable && <strong> – the rules after it are never reached</strong>}.
          </p>
        ) : (
          rule.matches.map((match, place) => <MatchFields key={place} rule={index} place={place} match={match} />)
        )}
        <FieldHelp violations={wrong} />
        {readOnly === '' && (
          <div className="weft-actions-tight">
            <Button variant="link" isInline icon={<PlusIcon />} onClick={() => edit(appended(document, matches, newMatch()))}>
              {rule.matches.length === 0 ? 'Only some requests' : 'Or other conditions'}
            </Button>
          </div>
        )}
        <SplitFields rule={index} value={rule} />
        <More index={index} rule={rule} />
      </CardBody>
    </Card>
  );
}

function newMatch(): Json {
  return { path: { op: 'Prefix', value: '/' } };
}

/** Name, time and retries: seldom needed, so folded away while they say nothing. */
function More({ index, rule }: { index: number; rule: Rule }) {
  const says = rule.timeout !== '' || rule.retries !== null;
  const [open, setOpen] = useState(says);
  return (
    <ExpandableSection toggleText={`Name, timeout and retries of ${ruleWords(rule)}`} isExpanded={open} onToggle={(_event, next) => setOpen(next)} className="weft-more">
      <div className="weft-fields">
        <TextField path={rulePath(index, 'name')} label="Name of the rule" value={rule.name}>
          Seen in telemetry; letters, digits and “-”.
        </TextField>
        <TextField path={rulePath(index, 'timeout')} label="Timeout" value={rule.timeout} placeholder="none">
          For the whole request, retries included: 500ms, 10s, 2m.
        </TextField>
      </div>
      <RetryFields index={index} retries={rule.retries} />
    </ExpandableSection>
  );
}

function RetryFields({ index, retries }: { index: number; retries: Retries | null }) {
  const { edit, readOnly } = useEditing();
  const path = rulePath(index, 'retries');
  const attempts = rulePath(index, 'retries', 'attempts');
  const wrong = useViolations(attempts);
  const wrongOn = useViolations(rulePath(index, 'retries', 'on'));
  const id = pointerOf(path);
  return (
    <>
      <Checkbox
        id={id}
        label="Retries of its own"
        description={retries === null ? 'As Weft does it: three for reads, and for the rest only what was never sent.' : undefined}
        isChecked={retries !== null}
        isDisabled={readOnly !== ''}
        onChange={(_event, own) => edit([{ path, value: own ? { attempts: 2 } : undefined }])}
      />
      {retries !== null && (
        <>
          <div className="weft-fields">
            <FormGroup label="Attempts" fieldId={pointerOf(attempts)}>
              <TextInput
                id={pointerOf(attempts)}
                type="number"
                min={0}
                max={10}
                value={retries.attempts}
                validated={validity(wrong)}
                readOnlyVariant={readOnly === '' ? undefined : 'default'}
                onChange={(_event, text) => edit([{ path: attempts, value: Number(text) }])}
              />
              <FieldHelp violations={wrong}>0 switches retries off.</FieldHelp>
            </FormGroup>
            <TextField path={rulePath(index, 'retries', 'perTryTimeout')} label="Timeout of each" value={retries.perTryTimeout} placeholder="2s">
              Each attempt alone.
            </TextField>
          </div>
          <RetryOn index={index} on={retries.on} />
          <FieldHelp violations={wrongOn} />
        </>
      )}
    </>
  );
}

function RetryOn({ index, on }: { index: number; on: string }) {
  const { edit, readOnly } = useEditing();
  const path = rulePath(index, 'retries', 'on');
  const chosen = conditions(on);
  const toggle = (condition: string, wanted: boolean) => {
    const next = wanted ? [...chosen, condition] : chosen.filter((each) => each !== condition);
    edit([{ path, value: next.length === 0 ? undefined : next.join(',') }]);
  };
  return (
    <fieldset className="weft-retry-on">
      <legend>Try again on {chosen.length === 0 && '(as Weft does it)'}</legend>
      {[...new Set([...RETRY_CONDITIONS, ...chosen])].map((condition) => (
        <Checkbox
          key={condition}
          id={`${pointerOf(path)}-${condition}`}
          label={condition}
          isChecked={chosen.includes(condition)}
          isDisabled={readOnly !== ''}
          onChange={(_event, wanted) => toggle(condition, wanted)}
        />
      ))}
    </fieldset>
  );
}
