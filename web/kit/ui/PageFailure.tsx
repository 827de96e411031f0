import { ApiError } from '../api.ts'
import { Failure } from './Failure.tsx'
import { Page } from './Page.tsx'

export interface FailedProps {
  error: unknown
  again: () => void
}

/** What a page is called that cannot be shown: the heading by which a reader knows where he is. */
export function failureTitle(error: unknown): string {
  if (!(error instanceof ApiError)) return '页面出错'
  if (error.kind === 'missing') return '没有找到'
  if (error.kind === 'forbidden') return '没有权限'
  return error.kind === 'network' ? '网络不通' : '页面出错'
}

/** A whole page that cannot be shown. */
export const PageFailure = ({ error, again }: FailedProps) => (
  <Page title={failureTitle(error)}>
    <Failure error={error} again={again} />
  </Page>
)
