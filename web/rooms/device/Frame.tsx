import { Form } from 'antd'
import type { ReactNode } from 'react'
import { ApiError } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { FormButtons, type StepFormProps } from '../../kit/ui/index.ts'

export const needed = [{ required: true, message: '请填写' }]

interface FrameProps<D> extends StepFormProps {
  initial: Partial<D>
  inputOf: (draft: D) => unknown
  children: ReactNode
}

/** The form of a step: what is filled in becomes the act's input, and a refusal is marked at its field. */
export function Frame<D extends object>(props: FrameProps<D>) {
  const { step, onSubmit, onCancel, pending, initial, inputOf, children } = props
  const [form] = Form.useForm<D>()
  const submit = async (draft: D) => {
    try {
      await onSubmit(inputOf(draft))
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return (
    <Form<D> form={form} layout="vertical" initialValues={initial as never} onFinish={(draft) => void submit(draft)}>
      {children}
      <FormButtons pending={pending} onCancel={onCancel} label={step.label} />
    </Form>
  )
}
