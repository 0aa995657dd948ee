/** Whether this browser keeps anything for the site beyond the page. */
export function isKept(): boolean {
  const key = 'course-progress-test';
  try {
    localStorage.setItem(key, '');
    localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
