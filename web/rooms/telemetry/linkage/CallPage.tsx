import { TopBar } from '../../../field/Shell.tsx'
import { Page } from '../../../kit/ui/index.ts'
import { CallForm } from './CallForm.tsx'

export const CallPage = () => (
  <Page title="调派洒水车" crumbs={[{ label: '洒水车调度', to: '/dispatches' }]}>
    <CallForm />
  </Page>
)

/** The same on the phone. */
export const FieldCallPage = () => (
  <div className="field-stack">
    <TopBar title="调派洒水车" back="/" />
    <CallForm />
  </div>
)
