import { type ApplicationView, permitContract } from '@plumbline/core/permit'
import type { ComponentType, ReactNode } from 'react'
import { useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { type FailedProps, Loaded, Steps } from '../../kit/ui/index.ts'
import './permit.css'
import { ApplicationProvider, permitForms } from './StepForms.tsx'
import { inOrder } from './words.ts'

interface ApplicationFrameProps {
  Failed?: ComponentType<FailedProps>
  children: (view: ApplicationView) => ReactNode
}

/** The application of the address, at the desk and on the phone alike. */
export function ApplicationFrame({ Failed, children }: ApplicationFrameProps) {
  const { id = '' } = useParams()
  const found = useRoute(permitContract.get, { params: { id } })
  return (
    <Loaded found={found} {...(Failed ? { Failed } : {})}>
      {(view) => <ApplicationProvider value={view}>{children(view)}</ApplicationProvider>}
    </Loaded>
  )
}

export function ApplicationSteps({ view, width }: { view: ApplicationView; width?: number }) {
  const act = useAct(permitContract.act, view.record.id)
  return <Steps steps={inOrder(view)} onAct={act} forms={permitForms} {...(width ? { width } : {})} />
}
