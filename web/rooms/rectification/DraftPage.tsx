import { useSearchParams } from 'react-router'
import { Page } from '../../kit/ui/index.ts'
import { DraftFromFacts } from './DraftFromFacts.tsx'
import { DraftFromInspection } from './DraftFromInspection.tsx'
import './rectification.css'

/** 拟制文书: from the findings of an inspection, or from facts that the officers know themselves. */
export function DraftPage() {
  const [params] = useSearchParams()
  const inspectionId = params.get('inspection')
  return (
    <Page
      title="拟制文书"
      crumbs={[{ label: '责令整改', to: '/rectification' }]}
      lead="一个责任单位一份文书。拟稿只有监督人员能看到，签发、送达后单位才能看到。"
    >
      {inspectionId ? (
        <DraftFromInspection inspectionId={inspectionId} />
      ) : (
        <DraftFromFacts projectId={params.get('project') ?? undefined} alarmId={params.get('alarm')} />
      )}
    </Page>
  )
}
