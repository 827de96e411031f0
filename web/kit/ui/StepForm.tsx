import { Form, type FormInstance } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { ApiError } from '../api.ts'
import { type FieldName, markFields } from '../fields.ts'
import { UploadsContext } from '../uploads.ts'
import { FormButtons, type StepFormProps } from './Steps.tsx'

export interface StepFormFrame<V extends object> {
  /** What Steps hands to every form. */
  step: StepFormProps
  initial?: Partial<V>
  /** What the step takes, from what the fields hold; they themselves as a rule. */
  inputOf?: (values: V) => unknown
  /** Where the values of the form stand in the body. */
  below?: string[]
  /** Where the form keeps what the server names otherwise. */
  fieldOf?: (name: FieldName, values: V) => FieldName
  /** A sentence when nothing can be sent yet: no item chosen, no verdict given. */
  lacking?: (values: V) => string | undefined
  label?: string
  children: ReactNode | ((form: FormInstance<V>) => ReactNode)
}

/** The frame of a step's form: sends, marks the fields that the server refuses, waits for photographs on their way. */
export function StepForm<V extends object>({
  step,
  initial,
  inputOf = (values) => values,
  below = ['input'],
  fieldOf,
  lacking,
  label,
  children,
}: StepFormFrame<V>) {
  const [form] = Form.useForm<V>()
  const [lack, setLack] = useState<string>()
  const [uploads, setUploads] = useState<Record<string, number>>({})
  const tell = useCallback((picker: string, count: number) => setUploads((all) => ({ ...all, [picker]: count })), [])
  const uploading = Object.values(uploads).some((count) => count > 0)

  const send = async (values: V) => {
    const missing = lacking?.(values)
    setLack(missing)
    if (missing) return
    try {
      await step.onSubmit(inputOf(values))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      markFields(form, error, below, fieldOf && ((name) => fieldOf(name, values)))
    }
  }

  return (
    <UploadsContext value={tell}>
      <Form<V>
        form={form}
        layout="vertical"
        initialValues={initial as object}
        onFinish={(values) => void send(values)}
        onValuesChange={() => setLack(undefined)}
        scrollToFirstError
      >
        {typeof children === 'function' ? children(form) : children}
        {lack && (
          <p className="form-lack" role="alert">
            {lack}
          </p>
        )}
        <FormButtons
          pending={step.pending || uploading}
          onCancel={step.onCancel}
          label={uploading ? '照片上传中' : (label ?? step.step.label)}
        />
      </Form>
    </UploadsContext>
  )
}
