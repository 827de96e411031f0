import { inspectionContract as contract, type PlanItem } from '@plumbline/core/inspection'
import { Button, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { ApiError, newRequestId, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { useToday } from '../../kit/session.tsx'
import { Failure, Page, Section } from '../../kit/ui/index.ts'
import { PlanItems } from './PlanItems.tsx'
import { ProjectSelect } from './StartForm.tsx'
import './inspection.css'

interface Fields {
  projectId: string
  year: number
  items: PlanItem[]
}

export function NewPlanPage() {
  const navigate = useNavigate()
  const projectId = useSearchParams()[0].get('project') ?? undefined
  const year = Number(useToday().slice(0, 4))
  const [form] = Form.useForm<Fields>()
  const [requestId, setRequestId] = useState(newRequestId)
  const propose = useSend(contract.propose)
  const send = async (input: Fields) => {
    try {
      const { record } = await propose.mutateAsync({ body: { requestId, input } })
      void navigate(`/plan/${record.id}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.kind !== 'network') setRequestId(newRequestId())
      markFields(form, error, ['input'])
    }
  }
  return (
    <Page title="拟定监督计划" crumbs={[{ label: '监督计划', to: '/plans' }, { label: '拟定' }]}>
      <Section title="计划内容" padded>
        <Form
          form={form}
          layout="vertical"
          onFinish={(fields) => void send(fields)}
          initialValues={{ projectId, year, items: [] }}
        >
          <Form.Item name="projectId" label="项目" rules={[{ required: true, message: '请选择项目' }]}>
            <ProjectSelect />
          </Form.Item>
          <Form.Item name="year" label="年度" rules={[{ required: true, message: '请填写年度' }]}>
            <InputNumber min={2000} max={2100} precision={0} />
          </Form.Item>
          <Form.Item
            name="items"
            label="检查安排"
            rules={[{ required: true, type: 'array', min: 1, message: '请至少安排一次检查' }]}
          >
            <PlanItems />
          </Form.Item>
          {propose.error && <Failure error={propose.error} />}
          <Button type="primary" htmlType="submit" loading={propose.isPending}>
            提交计划草案
          </Button>
        </Form>
      </Section>
    </Page>
  )
}
