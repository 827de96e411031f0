import { TopBar } from '../../field/Shell.tsx'
import { Section } from '../../kit/ui/index.ts'
import { ApplyForm } from './ApplyForm.tsx'

export const FieldApplyPage = () => (
  <div className="field-stack">
    <TopBar title="申请浇筑令" back="/" />
    <Section title="申请" padded>
      <ApplyForm />
    </Section>
  </div>
)
