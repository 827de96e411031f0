import type { ActAsk } from '@plumbline/core/workflow'
import { Button, Modal } from 'antd'
import { type ComponentType, useId, useState } from 'react'
import type { ApiError } from '../api.ts'
import { useAttempt } from '../attempt.ts'
import { sayClause } from '../clause.ts'
import { sentenceOf } from '../rules.zh.ts'
import { Failure } from './Failure.tsx'

/** A step the reader may take now, as replies carry it; `input` is whatever the server wants the form to know. */
export interface Step {
  action: string
  label: string
  clause?: string | null
  /** The state waits for it; others merely may be taken. */
  main?: boolean
  /** The rule that forbids it as things stand, whatever is filled in: said beside the button, which cannot be pressed. */
  barrier?: string | null
  input?: unknown
}

export interface StepFormProps {
  step: Step
  /** Hands the input over; rejects with ApiError when it is refused, so that the form may mark its fields. */
  onSubmit: (input: unknown) => Promise<void>
  onCancel: () => void
  pending: boolean
  error: ApiError | null
}

export interface StepsProps {
  steps: readonly Step[]
  /** Sends the act; what it throws is shown in the open form. */
  onAct: (act: ActAsk) => Promise<unknown>
  /** A form for each action that takes input; an action without one is only confirmed. */
  forms?: Record<string, ComponentType<StepFormProps>>
  /** Whose decision this is and what follows from it. */
  note?: string
  width?: number
}

/**
 * 现在该做: exactly the steps the server gave, those the case waits for on top and the first of them as the main one.
 * Whether a step is allowed is not decided here.
 */
export function Steps({ steps, onAct, forms = {}, note, width = 640 }: StepsProps) {
  const [open, setOpen] = useState<Step>()
  if (steps.length === 0) return <p className="steps-none muted">现在没有需要您办理的事项。</p>
  const ordered = steps.toSorted((one, other) => Number(other.main ?? false) - Number(one.main ?? false))
  return (
    <div className="steps">
      {ordered.map((step, at) => (
        <StepButton key={step.action} step={step} first={at === 0} onOpen={() => setOpen(step)} />
      ))}
      {note && <div className="tiny muted">{note}</div>}
      {open && (
        <StepDialog
          key={open.action}
          step={open}
          Form={Object.hasOwn(forms, open.action) ? forms[open.action] : undefined}
          onAct={onAct}
          onClose={() => setOpen(undefined)}
          width={width}
        />
      )}
    </div>
  )
}

function StepButton({ step, first, onOpen }: { step: Step; first: boolean; onOpen: () => void }) {
  const why = useId()
  const { barrier } = step
  return (
    <>
      <Button
        block
        type={first && step.main ? 'primary' : 'default'}
        disabled={Boolean(barrier)}
        aria-describedby={barrier ? why : undefined}
        onClick={onOpen}
      >
        {step.label}
      </Button>
      {barrier && (
        <div id={why} className="tiny muted">
          {sentenceOf(barrier)}
        </div>
      )}
    </>
  )
}

interface StepDialogProps {
  step: Step
  Form: ComponentType<StepFormProps> | undefined
  onAct: StepsProps['onAct']
  onClose: () => void
  width: number
}

function StepDialog({ step, Form = JustConfirm, onAct, onClose, width }: StepDialogProps) {
  const { attempt, pending, error } = useAttempt()
  const submit = (input: unknown) =>
    attempt(async (requestId) => {
      await onAct({ action: step.action, input, requestId })
      onClose()
    })

  return (
    <Modal
      open
      title={step.label}
      onCancel={onClose}
      footer={null}
      width={width}
      mask={{ closable: false }}
      destroyOnHidden
    >
      {step.clause && <p className="muted step-clause">依据 {sayClause(step.clause)}</p>}
      <Form step={step} onSubmit={submit} onCancel={onClose} pending={pending} error={error} />
      {error && <Failure error={error} />}
    </Modal>
  )
}

function JustConfirm({ step, onSubmit, onCancel, pending }: StepFormProps) {
  return (
    <>
      <p>确认办理“{step.label}”。办理后即记入经过，不能撤回。</p>
      <FormButtons pending={pending} onCancel={onCancel} onOk={() => void onSubmit({}).catch(() => {})} />
    </>
  )
}

/** The two buttons at the foot of a step's form; without `onOk` the main one submits the form around it. */
export function FormButtons(props: { pending: boolean; onCancel: () => void; onOk?: () => void; label?: string }) {
  return (
    <div className="form-buttons">
      <Button onClick={props.onCancel} disabled={props.pending}>
        取消
      </Button>
      <Button type="primary" htmlType={props.onOk ? 'button' : 'submit'} onClick={props.onOk} loading={props.pending}>
        {props.label ?? '确认'}
      </Button>
    </div>
  )
}
