import { projectContract } from '@plumbline/core/project'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newRequestId, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { Failure, Page, Section } from '../../kit/ui/index.ts'
import { factsOf, type ProjectDraft } from './draft.ts'
import { ProjectFields } from './ProjectFields.tsx'

const fresh: ProjectDraft = {
  stage: 'foundation',
  tags: [],
  parties: [{ role: 'owner' }, { role: 'contractor' }] as never,
}

/** 登记项目. What the project must be equipped with is judged when it is saved, and shown on its page with the clause. */
export function NewProjectPage() {
  const navigate = useNavigate()
  const [form] = Form.useForm<ProjectDraft>()
  const [requestId, setRequestId] = useState(newRequestId)
  const send = useSend(projectContract.register)
  const save = async (draft: ProjectDraft) => {
    const input = factsOf(draft) as Parameters<typeof send.mutate>[0]['body']['input']
    await send.mutateAsync({ body: { requestId, input } }).then(
      ({ record }) => navigate(`/project/${record.id}`),
      (error: NonNullable<typeof send.error>) => {
        // Without an answer the project may have been registered: the same id makes trying again harmless.
        if (error.kind !== 'network') setRequestId(newRequestId())
        markFields(form, error, ['input'])
      },
    )
  }
  return (
    <Page
      title="登记项目"
      crumbs={[{ label: '项目库', to: '/projects' }, { label: '登记项目' }]}
      lead="保存后按当日的规定判定应设的监管系统，并列明条款。"
    >
      <Section title="项目信息" padded>
        <Form
          form={form}
          layout="vertical"
          initialValues={fresh}
          onFinish={save}
          scrollToFirstError={{ block: 'center' }}
        >
          <ProjectFields />
          {send.error && <Failure error={send.error} />}
          <div className="form-buttons">
            <Button onClick={() => void navigate('/projects')}>取消</Button>
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              保存
            </Button>
          </div>
        </Form>
      </Section>
    </Page>
  )
}
