import { baseContract } from '@plumbline/core/base'
import { permitContract } from '@plumbline/core/permit'
import { projectContract } from '@plumbline/core/project'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { useEntry } from '../../kit/entry.ts'
import { Page, Section } from '../../kit/ui/index.ts'
import { FormFields, formOf, type FormValues } from './FormFields.tsx'
import { HeldBy, HeldNotice } from './HeldNotice.tsx'
import './permit.css'

type Values = FormValues & { projectId: string }

/** 提交联合验收申请: one form, one set of materials. */
export function SubmitPage() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const projectId = Form.useWatch('projectId', form)
  const { enter, error, pending } = useEntry(permitContract.submit, form)
  const send = (values: Values) =>
    enter(
      { input: { projectId: values.projectId, ...formOf(values) } },
      ({ record }) => void navigate(`/permit/${record.id}`),
    )
  return (
    <Page
      title="提交联合验收申请"
      crumbs={[{ label: '联合验收申请', to: '/permit' }]}
      lead="一次申请、一套材料、一次告知"
    >
      <Section title="申请" padded>
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={{ projectId: params.get('project') ?? undefined, materials: {} }}
          onFinish={send}
          scrollToFirstError
        >
          <Form.Item name="projectId" label="项目" rules={[{ required: true, message: '请选择项目' }]}>
            <ProjectChoice />
          </Form.Item>
          {projectId && <Holds projectId={projectId} />}
          <FormFields />
          {error && <HeldNotice error={error} />}
          <div className="form-buttons">
            <Button type="primary" htmlType="submit" loading={pending}>
              提交申请
            </Button>
          </div>
        </Form>
      </Section>
    </Page>
  )
}

function ProjectChoice({ value, onChange, id }: { value?: string; onChange?: (id: string) => void; id?: string }) {
  const [q, setQ] = useState('')
  const found = useRoute(projectContract.list, { query: { q: q || undefined, limit: 30 } })
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder="输入名称、编码或拼音首字母选择项目"
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={found.isFetching}
      options={(found.data?.rows ?? []).map((project) => ({ value: project.id, label: project.name }))}
    />
  )
}

/** Holds in the way are told before anything is filled in; whether they forbid it the server decides again. */
function Holds({ projectId }: { projectId: string }) {
  const { data } = useRoute(baseContract.holds, { params: { id: projectId } })
  const holds = data?.rows.filter(({ effect }) => effect === 'new_business') ?? []
  if (holds.length === 0) return null
  return (
    <div className="permit-warning" role="status">
      该项目已被锁定，现在提交会被退回：
      <ul>
        {holds.map((hold) => (
          <li key={hold.id}>
            <HeldBy hold={hold} />
          </li>
        ))}
      </ul>
    </div>
  )
}
