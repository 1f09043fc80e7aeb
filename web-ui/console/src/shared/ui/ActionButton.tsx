import { Button, Tooltip, type ButtonProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { usePermission, type Action } from '~/app/permissions';

export interface ActionButtonProps extends Omit<ButtonProps, 'isDisabled' | 'isAriaDisabled' | 'ref'> {
  needs: Action;
  /** Another reason why not, said in the tooltip. */
  notNow?: string;
  children: ReactNode;
}

/** A control that a role may lack: shown all the same, disabled, with the reason; never hidden. */
export function ActionButton({ needs, notNow, children, ...rest }: ActionButtonProps) {
  const { allowed, reason } = usePermission(needs);
  const why = allowed ? (notNow ?? '') : reason;
  const button = (
    <Button {...rest} isAriaDisabled={why !== ''} href={why === '' ? rest.href : undefined} component={why === '' ? rest.component : 'button'}>
      {children}
    </Button>
  );
  return why === '' ? button : <Tooltip content={why}>{button}</Tooltip>;
}
