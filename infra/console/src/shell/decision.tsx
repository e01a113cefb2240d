import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Failure } from './failure.tsx';
import { useOperator } from './operator.tsx';

interface DialogProps {
  /** What is decided about, such as an order's id. */
  readonly about: string;
  /** The verb of the decision, such as Approve. */
  readonly text: string;
  /** What follows from it. */
  readonly says: ReactNode;
  /** The message after it was done. */
  readonly done: string;
  /** Sends it. Every try has the same idempotency key, so that a repeat after a lost answer is done once. */
  readonly send: (key: string) => Promise<unknown>;
  /** It can't be sent yet: a field is empty or wrong. */
  readonly disabled?: boolean;
  readonly decided: () => void;
  readonly close: () => void;
  /** Fields of the decision. */
  readonly children?: ReactNode;
}

/** Says what follows from a decision, and sends it once the operator confirms it. */
export function DecisionDialog(props: DialogProps) {
  const { about, text, says, done, send, disabled = false, decided, close, children } = props;
  const { say } = useOperator();
  const [key] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () => send(key),
    onSuccess: () => {
      say({ type: 'success', text: done });
      close();
      decided();
    },
  });
  return (
    <Modal
      visible
      header={`${text} ${about}`}
      closeAriaLabel="Close without a decision"
      onDismiss={close}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={close}>Change nothing</Button>
          <Button
            variant="primary"
            disabled={disabled}
            loading={sending.isPending}
            onClick={() => sending.mutate()}
          >
            {text}
          </Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="m">
        <Alert type="info">{says}</Alert>
        {children}
        {sending.error === null ? null : <Failure error={sending.error} again={() => sending.mutate()} />}
      </SpaceBetween>
    </Modal>
  );
}

/** A button that opens the dialog of a decision. */
export function Decision(props: Omit<DialogProps, 'close'>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} ariaLabel={`${props.text} ${props.about}`}>
        {props.text}
      </Button>
      {open ? <DecisionDialog {...props} close={() => setOpen(false)} /> : null}
    </>
  );
}
