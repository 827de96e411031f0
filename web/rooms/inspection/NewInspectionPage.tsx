import { useNavigate, useSearchParams } from 'react-router'
import { Page, Section } from '../../kit/ui/index.ts'
import { StartForm } from './StartForm.tsx'

export function NewInspectionPage() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const projectId = params.get('project') ?? undefined
  return (
    <Page title="开始检查" crumbs={[{ label: '监督检查', to: '/inspections' }, { label: '开始检查' }]}>
      <div className="narrow">
        <Section title="检查内容" padded>
          <StartForm
            projectId={projectId}
            alarmId={params.get('alarm')}
            onStarted={(id) => void navigate(`/inspection/${id}/edit`)}
          />
        </Section>
      </div>
    </Page>
  )
}
