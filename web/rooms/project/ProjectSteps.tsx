import { type Project, projectContract, type ProjectView } from '@plumbline/core/project'
import { useState } from 'react'
import { useAct } from '../../kit/api.ts'
import { Loading, StepForm, type StepFormProps, Steps } from '../../kit/ui/index.ts'
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

function AmendForm(step: StepFormProps) {
  const view = useProject().data
  return view ? <AmendFields step={step} now={view.record} /> : <Loading />
}

/** What was changed is measured against the record as it stood when the form was opened. */
function AmendFields({ now, step }: { now: Project; step: StepFormProps }) {
  const [before] = useState(now)
  return (
    <StepForm<ProjectDraft>
      step={step}
      initial={draftOf(before)}
      inputOf={(draft) => changesOf(before, draft)}
      label="保存"
    >
      <ProjectFields known={before} />
    </StepForm>
  )
}

/** Named once: a form that is made anew with every drawing would lose what was typed. */
const forms = { ...statusForms, amend: AmendForm, assign: AssignForm }
