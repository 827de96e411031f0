import { inspectionContract as contract, type InspectionView } from '@plumbline/core/inspection'
import type { ComponentType, ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { Empty, type FailedProps, Loaded } from '../../kit/ui/index.ts'
import { mayWrite } from './entries.ts'
import './inspection.css'
import { PhotoFactsProvider } from './PhotoStrip.tsx'

interface DraftFrameProps {
  Failed?: ComponentType<FailedProps>
  /** The words of the page for a reader who does not write the record. */
  Closed: ComponentType<{ children: ReactNode }>
  children: (view: InspectionView) => ReactNode
}

/** The record of the address for whoever writes it, at the desk and on the phone alike. */
export function DraftFrame({ Failed, Closed, children }: DraftFrameProps) {
  const { id = '' } = useParams()
  const found = useRoute(contract.get, { params: { id } })
  const draw = (view: InspectionView) =>
    mayWrite(view) ? (
      <PhotoFactsProvider view={view}>{children(view)}</PhotoFactsProvider>
    ) : (
      <Closed>
        <Empty action={<Link to={`/inspection/${id}`}>查看记录</Link>}>这份记录现在不由您填写。</Empty>
      </Closed>
    )
  return (
    <Loaded found={found} {...(Failed ? { Failed } : {})}>
      {draw}
    </Loaded>
  )
}
