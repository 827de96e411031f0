import { useNavigate, useSearchParams } from 'react-router'
import { TopBar } from '../../field/Shell.tsx'
import { Section } from '../../kit/ui/index.ts'
import { StartForm } from './StartForm.tsx'

export function FieldNewPage() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const projectId = params.get('project') ?? undefined
  return (
    <div className="field-stack">
      <TopBar title="开始检查" back="/inspections" />
      <Section title="检查内容" padded>
        <StartForm
          projectId={projectId}
          alarmId={params.get('alarm')}
          onStarted={(id) => void navigate(`/inspection/${id}/fill`, { replace: true })}
        />
      </Section>
    </div>
  )
}
