import { Alert, Button, Form, FormGroup, ProgressStep, ProgressStepper, TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pathTo, useGo, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { FieldHelp, validity } from '~/shared/changes/FieldHelp';
import { namesQuery } from '~/shared/changes/lists';
import { useDraft } from '~/shared/hooks/use-draft';
import { type Edit, edited, parse, write } from '~/shared/resources/draft';
import type { JsonObject } from '~/shared/resources/json';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Basics } from '../components/Basics';
import { MemberRules, usePreview } from '../components/MemberRules';
import { Review } from '../components/Review';
import { domainTrouble, globalNamespaceForm, nameFor, nameTrouble, newGlobalNamespace, unfinished } from '../model';
import '../global-namespaces.css';

const STEPS = [
  { id: 'name', title: 'Name and domain' },
  { id: 'members', title: 'Members' },
  { id: 'review', title: 'Review' },
] as const;
type StepId = (typeof STEPS)[number]['id'];

const NO_VIOLATIONS: readonly never[] = [];
const START = write(newGlobalNamespace());

/** Three steps to a global namespace. The draft and the step outlive a reload, the back button and a log-in. */
export default function CreatePage() {
  const { step: asked } = useSearchParams();
  const draft = useDraft('create-global-namespace', { text: START, ownName: false });
  const parsed = parse(draft.value.text);
  const document = parsed.document ?? {};
  const troubles = useTroubles(document);
  const set = useSetSearch();
  const go = useGo();
  const wanted = STEPS.findIndex((each) => each.id === asked);
  const reachable = troubles.name !== '' ? 0 : troubles.members !== '' ? 1 : 2;
  const step = Math.max(0, Math.min(wanted, reachable));
  const edit = (edits: readonly Edit[]) => draft.set((before) => ({ ...before, text: edited(before.text, edits) }));
  const show = (id: StepId) => set({ step: id });
  const id = STEPS[step]?.id ?? 'name';
  return (
    <PageFrame
      title="Create a global namespace"
      crumbs={[{ label: 'Global namespaces', to: 'global-namespaces' }]}
      lead="A domain, and which namespaces of which clusters answer under it."
    >
      {draft.restored && parsed.readable && (
        <Alert
          isInline
          variant="info"
          title="This is your draft of an earlier visit."
          actionLinks={
            <Button variant="link" isInline onClick={() => { draft.discard(); set({ step: undefined }, { replace: true }); }}>
              Start anew
            </Button>
          }
        />
      )}
      <Progress step={step} reachable={reachable} onStep={show} />
      <div className="weft-wizard">
        {id === 'name' && <NameStep document={document} ownName={draft.value.ownName} edit={edit} onName={() => draft.set((before) => ({ ...before, ownName: true }))} />}
        {id === 'members' && <MemberRules document={document} edit={edit} violations={NO_VIOLATIONS} isReadOnly={false} />}
        {id === 'review' && (
          <Review
            text={draft.value.text}
            onText={(text) => draft.set((before) => ({ ...before, text }))}
            onBack={() => show('members')}
            onCancel={() => go('global-namespaces')}
            onCreated={(name, revision) => {
              draft.discard();
              go(pathTo('global-namespaces', name), { search: { created: String(revision) }, replace: true });
            }}
          />
        )}
      </div>
      {id !== 'review' && <Footer step={step} why={id === 'name' ? troubles.name : troubles.members} onStep={show} onCancel={() => go('global-namespaces')} />}
    </PageFrame>
  );
}

/** Why a step is not done yet. */
function useTroubles(document: JsonObject): { name: string; members: string } {
  const tenant = useTenant();
  const names = useQuery(namesQuery(tenant, 'global-namespaces'));
  const form = globalNamespaceForm(document);
  const name = form.domain === '' ? 'Give it a domain.' : form.name === '' ? 'Give it a name.' : nameTrouble(form.name, names.data ?? []) || domainTrouble(form.domain);
  const members = form.members.length === 0 ? 'Add a rule.' : form.members.some(unfinished) ? 'A rule selects nothing yet.' : '';
  return { name, members };
}

function Progress({ step, reachable, onStep }: { step: number; reachable: number; onStep: (id: StepId) => void }) {
  return (
    <nav aria-label="Steps" className="weft-section">
      <ProgressStepper isCenterAligned>
        {STEPS.map((each, index) => (
          <ProgressStep
            key={each.id}
            id={`step-${each.id}`}
            titleId={`step-${each.id}-title`}
            variant={index < step ? 'success' : index === step ? 'info' : 'pending'}
            isCurrent={index === step}
            aria-label={`${each.title}: ${index < step ? 'done' : index === step ? 'now' : 'to come'}`}
          >
            {index <= reachable && index !== step ? (
              <Button variant="link" isInline onClick={() => onStep(each.id)}>
                {each.title}
              </Button>
            ) : (
              each.title
            )}
          </ProgressStep>
        ))}
      </ProgressStepper>
    </nav>
  );
}

function Footer({ step, why, onStep, onCancel }: { step: number; why: string; onStep: (id: StepId) => void; onCancel: () => void }) {
  const next = STEPS[step + 1];
  const previous = STEPS[step - 1];
  return (
    <div className="weft-editor-bar">
      {next !== undefined && (
        <Button isDisabled={why !== ''} onClick={() => onStep(next.id)}>
          Next: {next.title}
        </Button>
      )}
      {previous !== undefined && (
        <Button variant="secondary" onClick={() => onStep(previous.id)}>
          Back
        </Button>
      )}
      <Button variant="link" onClick={onCancel}>
        Cancel
      </Button>
      <span role="status">{why}</span>
    </div>
  );
}

/** Asks about the domain alone: the hub judges what reads well as a whole, so the rest is made up. */
function onlyDomain(domain: string): JsonObject {
  return { apiVersion: 'weft.io/v1', kind: 'GlobalNamespace', metadata: { name: 'not-yet-named' }, spec: { domain, members: [{ namespaceSelector: {} }] } };
}

interface NameStepProps {
  document: JsonObject;
  /** A person chose the name; until then it follows the domain. */
  ownName: boolean;
  edit: (edits: readonly Edit[]) => void;
  onName: () => void;
}

function NameStep({ document, ownName, edit, onName }: NameStepProps) {
  const tenant = useTenant();
  const names = useQuery(namesQuery(tenant, 'global-namespaces'));
  const form = globalNamespaceForm(document);
  const [touched, setTouched] = useState(false);
  const { preview } = usePreview(onlyDomain(form.domain), form.domain !== '' && domainTrouble(form.domain) === '');
  const domainConflict = preview?.conflicts.find((each) => each.pointer === '/spec/domain');
  const trouble = nameTrouble(form.name, names.data ?? []);
  const follow = (edits: readonly Edit[]) => {
    const domain = edits.find((each) => each.path.at(-1) === 'domain')?.value;
    const name: Edit[] = typeof domain === 'string' && !ownName ? [{ path: ['metadata', 'name'], value: nameFor(domain) }] : [];
    edit([...edits, ...name]);
  };
  return (
    <Form isWidthLimited onSubmit={(event) => event.preventDefault()} onBlur={() => setTouched(true)}>
      <Basics form={form} edit={follow} violations={NO_VIOLATIONS} isReadOnly={false} domainConflict={domainConflict?.message ?? ''} />
      <FormGroup label="Name" fieldId="gns-name" isRequired>
        <TextInput
          id="gns-name"
          value={form.name}
          validated={validity(NO_VIOLATIONS, trouble)}
          onChange={(_event, value) => {
            onName();
            edit([{ path: ['metadata', 'name'], value }]);
          }}
          autoComplete="off"
          spellCheck="false"
        />
        <FieldHelp violations={NO_VIOLATIONS} trouble={trouble}>
          {touched && form.name !== '' ? 'The name is free. It cannot be changed later.' : 'Stands in addresses and in the API; it cannot be changed later.'}
        </FieldHelp>
      </FormGroup>
    </Form>
  );
}
