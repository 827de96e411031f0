import { inspectionContract as contract, type PlanItem } from '@plumbline/core/inspection'
import { Button, Form, InputNumber } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { useEntry } from '../../kit/entry.ts'
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
  const { enter, error, pending } = useEntry(contract.propose, form)
  const send = (input: Fields) => enter({ input }, ({ record }) => void navigate(`/plan/${record.id}`))
  return (
    <Page title="拟定监督计划" crumbs={[{ label: '监督计划', to: '/plans' }, { label: '拟定' }]}>
      <Section title="计划内容" padded>
        <Form form={form} layout="vertical" onFinish={send} initialValues={{ projectId, year, items: [] }}>
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
          {error && <Failure error={error} />}
          <Button type="primary" htmlType="submit" loading={pending}>
            提交计划草案
          </Button>
        </Form>
      </Section>
    </Page>
  )
}
