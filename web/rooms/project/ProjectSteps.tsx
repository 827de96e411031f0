import { type Project, projectContract, type ProjectView } from '@plumbline/core/project'
import { Form } from 'antd'
import { useState } from 'react'
import { ApiError, useAct } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { FormButtons, Loading, type StepFormProps, Steps } from '../../kit/ui/index.ts'
import { AssignForm } from './AssignForm.tsx'
import { changesOf, draftOf, type ProjectDraft } from './draft.ts'
import { ProjectFields } from './ProjectFields.tsx'
import { statusForms } from './status-forms.tsx'
import { useProject } from './view.ts'

/** 现在该做: the steps the server gave; amending and assigning have doors of their own. */
export function ProjectSteps({ view }: { view: ProjectView }) {
  const { id } = view.record
  const amend = useAct(projectContract.amend, id)
  const assign = useAct(projectContract.assign, id)
  const status = useAct(projectContract.act, id)
  return (
    <Steps
      steps={view.steps}
      onAct={(act) => (act.action === 'amend' ? amend(act) : act.action === 'assign' ? assign(act) : status(act))}
      forms={forms}
      width={760}
    />
  )
}

function AmendForm(props: StepFormProps) {
  const view = useProject().data
  return view ? <AmendFields {...props} now={view.record} /> : <Loading />
}

/** What was changed is measured against the record as it stood when the form was opened. */
function AmendFields({ now, onSubmit, onCancel, pending }: StepFormProps & { now: Project }) {
  const [before] = useState(now)
  const [form] = Form.useForm<ProjectDraft>()
  const save = async (draft: ProjectDraft) => {
    try {
      await onSubmit(changesOf(before, draft))
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={draftOf(before)}
      onFinish={save}
      scrollToFirstError={{ block: 'center' }}
    >
      <ProjectFields known={before} />
      <FormButtons pending={pending} onCancel={onCancel} label="保存" />
    </Form>
  )
}

/** Named once: a form that is made anew with every drawing would lose what was typed. */
const forms = { ...statusForms, amend: AmendForm, assign: AssignForm }
