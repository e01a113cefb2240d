import '@cloudscape-design/global-styles/index.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';

const root = document.getElementById('console');
if (root === null) throw new Error('the page has a place for the console');
createRoot(root).render(<App />);
