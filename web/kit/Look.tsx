import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'
import './tokens.css'
import './ui/ui.css'
import './ui/page.css'
import './ui/parts.css'

dayjs.locale('zh-cn')

/** Everything antd draws below this wears the house's colours and speaks Chinese. */
export function Look({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} form={{ requiredMark: true }}>
      {children}
    </ConfigProvider>
  )
}
