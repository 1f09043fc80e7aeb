import { Card, CardBody, CardTitle, Content, FormGroup, Form, Radio, Switch } from '@patternfly/react-core';
import { useSession } from '~/app/permissions';
import { useTenant } from '~/app/navigate';
import { setTheme, useTheme, type ThemeChoice } from '~/app/theme';
import { Facts } from '~/shared/ui/Facts';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Tokens } from '../components/Tokens';

export default function SettingsPage() {
  return (
    <PageFrame title="Settings">
      <div className="weft-stack-wide">
        <div className="weft-two">
          <WhoAmI />
          <Appearance />
        </div>
        <Tokens />
      </div>
    </PageFrame>
  );
}

function WhoAmI() {
  const session = useSession();
  const tenant = useTenant();
  if (session === undefined) return null;
  const here = session.tenants.find((each) => each.name === tenant);
  return (
    <Card>
      <CardTitle component="h2">You</CardTitle>
      <CardBody>
        <Facts
          label="Who you are"
          facts={[
            { term: 'Name', value: session.user.displayName },
            { term: 'User', value: session.user.name },
            { term: 'E-mail', value: session.user.email },
            { term: `Roles in ${tenant}`, value: here?.roles.join(', ') },
            { term: 'Tenants', value: session.tenants.map((each) => each.name).join(', ') },
            { term: 'Logged in by', value: session.issuer.kind === 'embedded' ? 'the issuer that comes with Weft (demo users)' : 'your organisation’s issuer' },
          ]}
        />
      </CardBody>
    </Card>
  );
}

const THEMES: readonly { choice: ThemeChoice; label: string }[] = [
  { choice: 'system', label: 'As the system' },
  { choice: 'light', label: 'Light' },
  { choice: 'dark', label: 'Dark' },
];

function Appearance() {
  const theme = useTheme();
  return (
    <Card>
      <CardTitle component="h2">Appearance</CardTitle>
      <CardBody>
        <Form>
          <FormGroup role="radiogroup" label="Theme" fieldId="theme" className="weft-radios">
            {THEMES.map(({ choice, label }) => (
              <Radio key={choice} id={`theme-${choice}`} name="theme" label={label} isChecked={theme.choice === choice} onChange={() => setTheme({ ...theme, choice })} />
            ))}
          </FormGroup>
          <Switch id="high-contrast" label="High contrast" isChecked={theme.highContrast} onChange={(_event, highContrast) => setTheme({ ...theme, highContrast })} />
          <Content component="small">Kept in this browser.</Content>
        </Form>
      </CardBody>
    </Card>
  );
}
