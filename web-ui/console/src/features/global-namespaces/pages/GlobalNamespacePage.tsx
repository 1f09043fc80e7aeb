import { Alert, Button, Form, Tab, TabContentBody, TabTitleText, Tabs } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { AppLink, usePathParams, useSearchParams, useSetSearch, useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { Delivery } from '~/shared/changes/Delivery';
import type { ResourceDocument } from '~/shared/changes/documents';
import { EditorBar, EditorConflict, NotShown, OtherViolations, ReviewDialog, yamlTrouble } from '~/shared/changes/EditorPanels';
import { History } from '~/shared/changes/History';
import { globalNamespaceKey } from '~/shared/changes/key';
import { Landed } from '~/shared/changes/Landed';
import { resourceQuery } from '~/shared/changes/queries';
import { ResourceState } from '~/shared/changes/ResourceState';
import { RevisionProgress } from '~/shared/changes/RevisionProgress';
import { type Editor, draftOf, useEditor } from '~/shared/changes/use-editor';
import { counted } from '~/shared/format/numbers';
import type { JsonObject } from '~/shared/resources/json';
import { withoutField } from '~/shared/resources/violations';
import { ActionButton } from '~/shared/ui/ActionButton';
import { PageFrame } from '~/shared/ui/PageFrame';
import { QueryView } from '~/shared/ui/QueryView';
import { YamlEditor } from '~/shared/ui/YamlEditor';
import { BASIC_FIELDS, Basics } from '../components/Basics';
import { DeleteGlobalNamespace } from '../components/DeleteGlobalNamespace';
import { MemberRules } from '../components/MemberRules';
import { RoutesOf } from '../components/RoutesOf';
import { Services } from '../components/Services';
import { globalNamespaceForm } from '../model';
import '../global-namespaces.css';

export default function GlobalNamespacePage() {
  const tenant = useTenant();
  const { name = '' } = usePathParams();
  const query = useQuery(resourceQuery(tenant, globalNamespaceKey(name)));
  return (
    <QueryView query={query} what={`Global namespace ${name}`}>
      {(resource) => <GlobalNamespace key={name} resource={resource} />}
    </QueryView>
  );
}

function GlobalNamespace({ resource }: { resource: ResourceDocument }) {
  const { name } = resource.metadata;
  const { created } = useSearchParams();
  const set = useSetSearch();
  const [deleting, setDeleting] = useState(false);
  const [restored, setRestored] = useState<number>();
  const editor = useEditor(globalNamespaceKey(name), resource, () => draftOf(resource));
  const form = globalNamespaceForm({ metadata: { name }, spec: resource.spec });
  const made = Number(created);
  // The newest of what was done here.
  const shown = Math.max(editor.applied ?? 0, restored ?? 0, Number.isInteger(made) ? made : 0) || undefined;
  return (
    <PageFrame
      title={form.displayName || name}
      crumbs={[{ label: 'Global namespaces', to: 'global-namespaces' }]}
      label={<ResourceState conditions={resource.status?.conditions} />}
      lead={<Lead resource={resource} domain={form.domain} />}
      actions={
        <ActionButton needs="edit" variant="secondary" isDanger onClick={() => setDeleting(true)}>
          Delete
        </ActionButton>
      }
    >
      {shown !== undefined && (
        <>
          <RevisionProgress revision={shown} title={shown === made ? 'Created' : shown === restored ? 'Restored' : 'Stored'} />
          {shown === made && (
            <section aria-label="Which objects landed where" className="weft-section">
              <h2 className="weft-subtitle">Which objects landed where</h2>
              <Landed globalNamespace={name} clusters={resource.status?.clusters ?? []} />
              <Button variant="link" isInline onClick={() => set({ created: undefined }, { replace: true })}>
                Hide this; the tab Configuration keeps showing it
              </Button>
            </section>
          )}
        </>
      )}
      {editor.restored && (
        <Alert
          isInline
          variant="info"
          title="Your draft of an earlier visit is shown; it is not applied."
          actionLinks={
            <Button variant="link" isInline onClick={editor.discard}>
              Discard it
            </Button>
          }
        />
      )}
      <EditorConflict editor={editor} what={`Global namespace ${name}`} />
      <Views editor={editor} resource={resource} onRestored={setRestored} />
      {deleting && <DeleteGlobalNamespace resource={resource} onClose={() => setDeleting(false)} />}
    </PageFrame>
  );
}

function Lead({ resource, domain }: { resource: ResourceDocument; domain: string }) {
  const { clusters = 0, namespaces = 0, services = 0 } = resource.status?.members ?? {};
  return (
    <>
      <strong>{domain}</strong>: {counted(services, 'service')} in {counted(namespaces, 'namespace')} of{' '}
      <AppLink to="clusters">{counted(clusters, 'cluster')}</AppLink>
    </>
  );
}

interface ViewsProps {
  editor: Editor;
  resource: ResourceDocument;
  onRestored: (revision: number) => void;
}

function Views({ editor, resource, onRestored }: ViewsProps) {
  const { tab = 'services' } = useSearchParams();
  const set = useSetSearch();
  const { allowed } = usePermission('edit');
  const [reviewing, setReviewing] = useState(false);
  const { name, generation = 0 } = resource.metadata;
  const choose = (next: string | number) =>
    // Another list begins at its first page.
    set({ tab: next === 'services' ? undefined : String(next), q: undefined, after: undefined, page: undefined, sort: undefined, row: undefined }, { replace: true });
  const bar = allowed && <EditorBar editor={editor} verb="Review and apply" onReview={() => setReviewing(true)} />;
  const view = (key: string, title: string, body: ReactNode) => (
    <Tab eventKey={key} title={<TabTitleText>{title}</TabTitleText>}>
      <TabContentBody className="weft-tab">{body}</TabContentBody>
    </Tab>
  );
  return (
    <>
      <Tabs activeKey={tab} onSelect={(_event, next) => choose(next)} aria-label="Views of the global namespace" mountOnEnter unmountOnExit>
        {view('services', 'Services', <Services globalNamespace={name} />)}
        {view(
          'members',
          'Members',
          <FormOf editor={editor}>
            {(document) => (
              <MemberRules document={document} edit={editor.edit} violations={editor.violations} isReadOnly={!allowed} />
            )}
          </FormOf>,
        )}
        {view('routes', 'Routes', <RoutesOf globalNamespace={name} />)}
        {view(
          'configuration',
          'Configuration',
          <>
            <Delivery clusters={resource.status?.clusters ?? []} />
            <h2 className="weft-subtitle">Objects by cluster</h2>
            <Landed globalNamespace={name} clusters={resource.status?.clusters ?? []} />
          </>,
        )}
        {view(
          'settings',
          'Settings',
          <FormOf editor={editor}>
            {(document) => (
              <Form isWidthLimited onSubmit={(event) => event.preventDefault()}>
                <Basics form={globalNamespaceForm(document)} edit={editor.edit} violations={editor.violations} isReadOnly={!allowed} />
              </Form>
            )}
          </FormOf>,
        )}
        {view(
          'yaml',
          'YAML',
          <YamlEditor value={editor.text} onChange={editor.setText} violations={editor.violations} label={`YAML of global namespace ${name}`} isReadOnly={!allowed} height="fill" onSave={() => setReviewing(true)} />,
        )}
        {view('history', 'History', <History resourceKey={globalNamespaceKey(name)} generation={generation} onRestored={onRestored} />)}
      </Tabs>
      {['members', 'settings', 'yaml'].includes(tab) && bar}
      {reviewing && <ReviewDialog editor={editor} title={`Apply the changes to ${name}?`} verb="Apply" onClose={() => setReviewing(false)} />}
    </>
  );
}

const FIELDS: ReadonlySet<string> = new Set([...BASIC_FIELDS, '/spec/members']);

/** A form of the draft; while the YAML cannot be read, the way to mend it. */
function FormOf({ editor, children }: { editor: Editor; children: (document: JsonObject) => ReactNode }) {
  const set = useSetSearch();
  const document = editor.parsed.document;
  if (document === null) {
    return (
      <Alert
        isInline
        variant="warning"
        title="The form cannot show the YAML as it is"
        actionLinks={
          <Button variant="link" isInline onClick={() => set({ tab: 'yaml' }, { replace: true })}>
            Mend the YAML
          </Button>
        }
      >
        {yamlTrouble(editor)}. Nothing of it is lost.
      </Alert>
    );
  }
  return (
    <>
      <OtherViolations violations={withoutField(editor.violations, FIELDS)} />
      <NotShown pointers={globalNamespaceForm(document).notShown} />
      {children(document)}
    </>
  );
}
