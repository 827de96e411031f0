import { appointable, capacities, type Capacity, isOfficer, isProjectPost } from '@plumbline/core/access'
import { accountContract } from '@plumbline/core/account'
import { baseContract } from '@plumbline/core/base'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { newRequestId, useRoute } from '../../kit/api.ts'
import { useSession } from '../../kit/session.tsx'
import { Picker, StepForm, type StepFormProps } from '../../kit/ui/index.ts'
import { useOrgs, useProjects } from '../../kit/found.ts'
import { OwnPasswordFields } from './OwnPassword.tsx'

const chosen = [{ required: true, message: '请选择' }]
const needed = [{ required: true, message: '请填写' }]

export const ReasonForm = (props: StepFormProps) => (
  <StepForm step={props}>
    <Form.Item name="reason" label="事由" rules={needed}>
      <Input.TextArea rows={3} maxLength={200} showCount />
    </Form.Item>
  </StepForm>
)

export function DismissForm(props: StepFormProps) {
  const { id = '' } = useParams()
  const account = useRoute(accountContract.get, { params: { id } })
  const inForce = account.data?.record.appointments.filter(({ until }) => until === null) ?? []
  return (
    <StepForm step={props}>
      <Form.Item name="appointmentId" label="免去的职责" rules={chosen}>
        <Select
          options={inForce.map((one) => ({ value: one.id, label: `${capacities[one.capacity]} ${one.scope}` }))}
        />
      </Form.Item>
      <Form.Item name="reason" label="事由" rules={needed}>
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
    </StepForm>
  )
}

export const OwnPasswordForm = (props: StepFormProps) => (
  <StepForm<{ old: string; new: string }>
    step={props}
    below={[]}
    inputOf={(draft) => ({ old: draft.old, new: draft.new })}
  >
    <OwnPasswordFields />
  </StepForm>
)

const capacityOptions = appointable.map((value) => ({ value, label: capacities[value] }))

/** 任命: an officer reaches districts, a post one project for one unit, a head office its unit. */
export function AppointForm(props: StepFormProps) {
  const districts = useDistricts()
  // Made once: the same act repeated after a lost connection must say the same.
  const [appointmentId] = useState(newRequestId)
  return (
    <StepForm<object>
      step={props}
      below={['input', 'appointment']}
      inputOf={(appointment) => ({ appointmentId, appointment })}
    >
      <Form.Item name="capacity" label="职责" rules={chosen}>
        <Select options={capacityOptions} placeholder="请选择" />
      </Form.Item>
      <Form.Item noStyle dependencies={['capacity']}>
        {({ getFieldValue }) => {
          const capacity = getFieldValue('capacity') as Capacity | undefined
          if (!capacity) return null
          return (
            <>
              {isOfficer(capacity) && (
                <>
                  <Form.Item
                    name="districts"
                    label="管辖范围"
                    rules={chosen}
                    extra="站长、窗口和局领导一般选全县，监督员选所在监督组的镇街，可多选"
                  >
                    <Select
                      mode="multiple"
                      options={districts}
                      placeholder="全县或镇街"
                      showSearch={{ optionFilterProp: 'label' }}
                    />
                  </Form.Item>
                  <Form.Item name="certificate" label="执法证号">
                    <Input maxLength={40} />
                  </Form.Item>
                </>
              )}
              {isProjectPost(capacity) && (
                <Form.Item name="projectId" label="项目" rules={chosen}>
                  <Picker useFound={useProjects} label="项目" />
                </Form.Item>
              )}
              {(isProjectPost(capacity) || capacity === 'company') && (
                <Form.Item name="orgId" label="单位" rules={chosen}>
                  <Picker useFound={useOrgs} label="单位" />
                </Form.Item>
              )}
              <Form.Item name="scope" label="范围名称" extra="显示在姓名旁，如：城东组、云桥建设 · 城东污水厂">
                <Input maxLength={80} />
              </Form.Item>
            </>
          )
        }}
      </Form.Item>
    </StepForm>
  )
}

/** The county as a whole, then its towns. */
function useDistricts() {
  const { county } = useSession()
  const towns = useRoute(baseContract.districts, {}, { staleTime: 300_000 })
  return [
    { value: county.region, label: `${county.name}全县` },
    ...(towns.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name })),
  ]
}
