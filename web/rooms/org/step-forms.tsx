import { Form, Input } from 'antd'
import { useOrgs } from '../../kit/found.ts'
import { Loading, Picker, StepForm, type StepFormProps } from '../../kit/ui/index.ts'
import { OrgFields } from './OrgFields.tsx'
import { useOrg } from './view.ts'

export function AmendForm(step: StepFormProps) {
  const org = useOrg().data?.record
  if (!org) return <Loading />
  const { name, kinds, legalPerson, phone } = org
  return (
    <StepForm step={step} initial={{ name, kinds, legalPerson, phone }}>
      <OrgFields />
    </StepForm>
  )
}

export const JoinForm = (step: StepFormProps) => (
  <StepForm step={step}>
    <Form.Item name="parentId" label="归入的集团总公司" rules={[{ required: true, message: '请选择' }]}>
      <Picker useFound={useOrgs} label="归入的集团总公司" />
    </Form.Item>
  </StepForm>
)

export const ReasonForm = (step: StepFormProps) => (
  <StepForm step={step}>
    <Form.Item name="reason" label="事由" rules={[{ required: true, message: '请填写' }]}>
      <Input.TextArea rows={3} maxLength={200} showCount />
    </Form.Item>
  </StepForm>
)
