import { isProjectPost } from '@plumbline/core/access'
import type { InspectionView } from '@plumbline/core/inspection'
import { partyRoles } from '@plumbline/core/project'
import { Form, Input, Select } from 'antd'
import { type ComponentType, useState } from 'react'
import { ApiError } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { uploadFile } from '../../kit/files.ts'
import { useSession } from '../../kit/session.tsx'
import { Failure, FormButtons, SignaturePad, StepForm, type StepFormProps } from '../../kit/ui/index.ts'

const required = { required: true, message: '请填写' }

const unitOptions = ({ record }: InspectionView, roles?: readonly string[]) =>
  record.units
    .filter(({ role }) => !roles || roles.includes(role))
    .map(({ orgId, orgName, role }) => ({ value: orgId, label: `${partyRoles[role]} ${orgName}` }))

const Who = ({ label }: { label: string }) => (
  <div className="fields-2">
    <Form.Item name="name" label={label} rules={[required]}>
      <Input maxLength={40} />
    </Form.Item>
    <Form.Item name="role" label="职务" rules={[required]}>
      <Input maxLength={40} />
    </Form.Item>
  </div>
)

/** 退回修改, 作废: why. */
function ReasonForm(step: StepFormProps) {
  return (
    <StepForm step={step} label="确认">
      <Form.Item name="reason" label="理由" rules={[required]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </StepForm>
  )
}

/** The second inspector confirms exactly what is on the page: its digest goes with it. */
const cosignForm = (view: InspectionView) =>
  function CosignForm({ onSubmit, onCancel, pending }: StepFormProps) {
    const send = () => void onSubmit({ contentDigest: view.contentDigest }).catch(() => {})
    return (
      <>
        <p>确认已参加本次检查，记录内容属实。确认后如有修改须重新确认。</p>
        <FormButtons pending={pending} onCancel={onCancel} onOk={send} label="确认属实" />
      </>
    )
  }

const signForm = (view: InspectionView) =>
  function SignForm({ onSubmit, onCancel, pending }: StepFormProps) {
    const { appointment, person } = useSession()
    const own = appointment !== undefined && appointment !== null && isProjectPost(appointment.capacity)
    const [form] = Form.useForm<{ orgId: string; name: string; role: string }>()
    const [png, setPng] = useState<Blob | null>(null)
    const [busy, setBusy] = useState(false)
    const [error, setError] = useState<unknown>()
    const keep = (drawn: Blob | null) => {
      setPng(drawn)
      setError(undefined)
    }
    const send = async (who: { orgId: string; name?: string; role?: string }) => {
      if (!png) return setError(new ApiError(0, 'unmet', 'inspection_signature_missing'))
      setBusy(true)
      setError(undefined)
      try {
        const { id } = await uploadFile(new File([png], '签名.png', { type: 'image/png' }))
        await onSubmit({ ...who, fileId: id, contentDigest: view.contentDigest })
      } catch (caught) {
        if (caught instanceof ApiError) markFields(form, caught, ['input'])
        // What the act itself was refused with is shown below the form already.
        if (!(caught instanceof ApiError) || caught.kind === 'malformed') setError(caught)
      }
      setBusy(false)
    }
    const roles = view.record.units.some(({ role }) => role === 'contractor') ? ['contractor'] : undefined
    return (
      <Form
        form={form}
        layout="vertical"
        onFinish={(who) => void send(who)}
        initialValues={{ orgId: unitOptions(view, roles)[0]?.value, role: '项目经理' }}
      >
        <p className="tiny muted">签字对应本页全部内容，摘要 {view.contentDigest.slice(0, 16)}…，此后修改即失效。</p>
        <Form.Item name="orgId" label="单位" rules={[required]}>
          <Select options={unitOptions(view, roles)} disabled={own} />
        </Form.Item>
        {own ? (
          <p>
            签字人 {person.name}（{appointment.capacityLabel}）
          </p>
        ) : (
          <Who label="签字人姓名" />
        )}
        <SignaturePad onChange={keep} label="现场负责人" />
        {error !== undefined && <Failure error={error} />}
        <FormButtons pending={pending || busy} onCancel={onCancel} label="签字" />
      </Form>
    )
  }

interface Refusal {
  orgId: string
  name: string
  role: string
  reason: string
  witness: string
}

const refuseForm = (view: InspectionView) =>
  function RefuseForm(step: StepFormProps) {
    return (
      <StepForm<Refusal>
        step={step}
        initial={{ orgId: unitOptions(view)[0]?.value }}
        inputOf={(input) => ({ ...input, contentDigest: view.contentDigest })}
        label="记录拒签"
      >
        <Form.Item name="orgId" label="单位" rules={[required]}>
          <Select options={unitOptions(view)} />
        </Form.Item>
        <Who label="拒签人姓名" />
        <Form.Item name="reason" label="拒签理由" rules={[required]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Form.Item name="witness" label="见证人" rules={[required]}>
          <Input maxLength={80} placeholder="监理单位 宋知行" />
        </Form.Item>
      </StepForm>
    )
  }

/** The forms of an inspection's steps, bound to the content as this page shows it. */
export const formsOf = (view: InspectionView): Record<string, ComponentType<StepFormProps>> => ({
  cosign: cosignForm(view),
  sign: signForm(view),
  refuse_sign: refuseForm(view),
  revise: ReasonForm,
  void: ReasonForm,
})
