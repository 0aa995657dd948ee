/** What Starlight needs to know of a page for lecturers: it is nobody's lesson, so no search finds it. */
export const teachingPage = (title: string, description: string) => ({
  title,
  description,
  tableOfContents: false,
  pagefind: false,
  prev: false,
  next: false,
});
