import { Page, Section } from '../../kit/ui/index.ts'
import { ApplyForm } from './ApplyForm.tsx'

export const ApplyPage = () => (
  <Page
    title="申请浇筑令"
    crumbs={[{ label: '混凝土浇筑令', to: '/pours' }]}
    lead="由总监理工程师签发后，监测设备实时、没有红色报警时方可开始浇筑"
  >
    <Section title="申请" padded>
      <ApplyForm />
    </Section>
  </Page>
)
