const on={severity:'',kind:''};
function show(){document.querySelectorAll('article').forEach(a=>{
a.hidden=(on.severity&&a.dataset.severity!==on.severity)||(on.kind&&a.dataset.kind!==on.kind)})}
document.querySelectorAll('nav button').forEach(b=>b.onclick=()=>{on[b.dataset.by]=b.dataset.is;
b.parentNode.querySelectorAll('button').forEach(o=>o.setAttribute('aria-pressed',o===b));show()});
