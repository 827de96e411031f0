import { Form, Input } from 'antd'
import { ApiError } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { FormButtons, Loading, Picker, type StepFormProps } from '../../kit/ui/index.ts'
import { useOrgs } from '../../kit/found.ts'
import { OrgFields } from './OrgFields.tsx'
import { useOrg } from './view.ts'

interface StepFrameProps extends StepFormProps {
  initial?: object
  children: React.ReactNode
}

function StepFrame({ onSubmit, onCancel, pending, step, initial = {}, children }: StepFrameProps) {
  const [form] = Form.useForm<object>()
  const submit = async (input: object) => {
    try {
      await onSubmit(input)
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return (
    <Form form={form} layout="vertical" initialValues={initial} onFinish={submit}>
      {children}
      <FormButtons pending={pending} onCancel={onCancel} label={step.label} />
    </Form>
  )
}

export function AmendForm(props: StepFormProps) {
  const org = useOrg().data?.record
  if (!org) return <Loading />
  const { name, kinds, legalPerson, phone } = org
  return (
    <StepFrame {...props} initial={{ name, kinds, legalPerson, phone }}>
      <OrgFields />
    </StepFrame>
  )
}

export function JoinForm(props: StepFormProps) {
  return (
    <StepFrame {...props}>
      <Form.Item name="parentId" label="归入的集团总公司" rules={[{ required: true, message: '请选择' }]}>
        <Picker useFound={useOrgs} label="归入的集团总公司" />
      </Form.Item>
    </StepFrame>
  )
}

export function ReasonForm(props: StepFormProps) {
  return (
    <StepFrame {...props}>
      <Form.Item name="reason" label="事由" rules={[{ required: true, message: '请填写' }]}>
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
    </StepFrame>
  )
}
