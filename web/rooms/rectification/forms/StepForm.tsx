import { Form, type FormInstance } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { ApiError } from '../../../kit/api.ts'
import { type FieldName, markFields } from '../../../kit/fields.ts'
import { FormButtons, type StepFormProps } from '../../../kit/ui/index.ts'
import { UploadsContext } from '../../../kit/uploads.ts'

interface StepFormFrame<V extends object> {
  /** What Steps hands to every form. */
  step: StepFormProps
  initial?: Partial<V>
  /** What the step takes, from what the fields hold. */
  inputOf: (values: V) => unknown
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
  inputOf,
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
      markFields(form, error, ['input'], fieldOf && ((name) => fieldOf(name, values)))
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

/** The server counts the items it was sent; a form of items keeps them by their id, and what is said of one in `field` if it has one name. */
export const byItem = ([list, at, ...rest]: FieldName, sent: readonly string[], field?: string): FieldName =>
  list === 'items' && typeof at === 'number'
    ? ['items', sent[at] ?? at, ...(field ? [field] : rest)]
    : [list!, at!, ...rest]
