/**
 * Starts the scripts that `deferScripts` holds back, once something of the page is painted. A page that
 * nobody looks at is not painted: there they start after a second.
 */
{
  const start = () => {
    const held = document.getElementById('held-scripts');
    held?.remove();
    for (const { attributes } of held?.content.children ?? []) {
      // A script that was in a template does not run by itself.
      const script = document.createElement('script');
      script.type = 'module';
      script.async = false;
      script.src = attributes.src.value;
      document.body.append(script);
    }
  };
  setTimeout(start, 1000);
  new PerformanceObserver(start).observe({ type: 'paint', buffered: true });
}
