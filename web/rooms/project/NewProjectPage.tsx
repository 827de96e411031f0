import type { Request } from '@plumbline/core/kit'
import { projectContract } from '@plumbline/core/project'
import { Button, Form } from 'antd'
import { useNavigate } from 'react-router'
import { useEntry } from '../../kit/entry.ts'
import { Failure, Page, Section } from '../../kit/ui/index.ts'
import { factsOf, type ProjectDraft } from './draft.ts'
import { ProjectFields } from './ProjectFields.tsx'

type Input = Request<typeof projectContract.register, 'in'>['body']['input']

const fresh: ProjectDraft = {
  stage: 'foundation',
  tags: [],
  parties: [{ role: 'owner' }, { role: 'contractor' }] as never,
}

/** 登记项目. What the project must be equipped with is judged when it is saved, and shown on its page with the clause. */
export function NewProjectPage() {
  const navigate = useNavigate()
  const [form] = Form.useForm<ProjectDraft>()
  const { enter, error, pending } = useEntry(projectContract.register, form)
  const save = (draft: ProjectDraft) =>
    enter({ input: factsOf(draft) as Input }, ({ record }) => void navigate(`/project/${record.id}`))
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
          {error && <Failure error={error} />}
          <div className="form-buttons">
            <Button onClick={() => void navigate('/projects')}>取消</Button>
            <Button type="primary" htmlType="submit" loading={pending}>
              保存
            </Button>
          </div>
        </Form>
      </Section>
    </Page>
  )
}
