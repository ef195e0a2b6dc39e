internal import FoundationEssentials
internal import MomentsSystem

/// The gallery's style and script, and the policy that lets nothing else run.
enum GalleryAssets {
    static let policy = [
        "default-src 'none'", "style-src '\(hash(style))'", "script-src '\(hash(script))' 'self' file:",
        "img-src 'self' file:", "base-uri 'none'", "form-action 'none'",
    ].joined(separator: "; ")

    private static func hash(_ content: String) -> String {
        var digest = SHA256()
        digest.update(Array(content.utf8))
        let hex = Array(digest.finish())
        let bytes = stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(String(hex[$0...$0 + 1]), radix: 16) }
        return "sha256-" + Data(bytes).base64EncodedString()
    }

    static let style = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1d21;--soft:#5b616b;--line:#d9dce1;--panel:#f4f5f7;--bad:#a3202c;\
        --link:#0b5cad}
        @media (prefers-color-scheme:dark){:root{--paper:#15171b;--ink:#e8eaee;--soft:#a3a9b4;--line:#353a43;--panel:#1f2228;\
        --bad:#ff8d94;--link:#7fb8ff}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:90rem;padding:1rem;background:var(--paper);color:var(--ink);\
        font:1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
        header{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem}
        header p,.results span,#found{color:var(--soft)}
        a{color:var(--link);text-decoration:none}a:hover b{text-decoration:underline}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        form{display:flex;gap:1rem;flex-wrap:wrap;align-items:center;margin:1rem 0}
        input,select,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--soft);\
        border-radius:.3rem;padding:.3rem .5rem}
        .results,.tasks{list-style:none;margin:0;padding:0}
        .results{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(14rem,100%),1fr))}
        .results li{content-visibility:auto;contain-intrinsic-size:14rem 15rem}
        .results span{display:block;font-size:.85rem}
        .results b,.results .name{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
        .results .name{font-size:.75rem}
        @media (max-width:40rem){.results{grid-template-columns:repeat(auto-fill,minmax(min(9rem,100%),1fr))}}
        .results img{display:block;width:100%;aspect-ratio:16/9;object-fit:contain;background:var(--panel);\
        border-radius:.4rem;margin-bottom:.3rem}
        .tasks li{background:var(--panel);border-left:4px solid var(--soft);padding:.4rem .8rem;margin:.4rem 0}
        .tasks li.failed{border-color:var(--bad)}
        .tasks .status{font-size:.85rem;color:var(--soft)}
        .tasks .failed .status{color:var(--bad)}
        [hidden]{display:none}
        @media print{form,#more{display:none}}
        """

    static let script = #"""
        'use strict';
        (function(){
        var list=document.getElementById('results'),query=document.getElementById('query');
        var year=document.getElementById('year'),found=document.getElementById('found'),more=document.getElementById('more');
        var boxes=list.dataset.boxes.split(' ').filter(Boolean),all=[],page=60,limit=page,hits=null,waiting=0;
        function clock(s){s=Math.round(s);var t=function(n){return(n<10?'0':'')+n};
        return t(Math.floor(s/3600))+':'+t(Math.floor(s/60)%60)+':'+t(s%60)}
        function encode(p){return p.split('/').map(encodeURIComponent).join('/')}
        function day(e){return e.captured||new Date(e.time).toISOString().slice(0,10)}
        function text(name,value,parent){var e=document.createElement(name);e.textContent=value;parent.appendChild(e);return e}
        function item(e){
        var li=document.createElement('li'),a=document.createElement('a');
        a.href=e.address+'/'+(e.page?encode(e.page):'');li.appendChild(a);
        if(e.picture){var img=document.createElement('img');img.loading='lazy';img.alt='';
        img.src=e.address+'/'+encode(e.picture);
        if(e.preview)img.dataset.preview=e.address+'/'+encode(e.preview);a.appendChild(img)}
        text('b',e.title,a);text('span',clock(e.reel)+(e.length?' of '+clock(e.length):''),li);text('span',day(e),li);
        text('span',e.name,li).className='name';return li}
        function show(){
        var part=document.createDocumentFragment();
        hits.slice(0,limit).forEach(function(e){part.appendChild(item(e))});
        list.textContent='';list.appendChild(part);more.hidden=hits.length<=limit;
        found.textContent=hits.length+' of '+all.length}
        function filter(){
        var words=query.value.toLowerCase().split(/\s+/).filter(Boolean),y=year.value;
        hits=all.filter(function(e){
        return(!y||day(e).slice(0,4)===y)&&words.every(function(w){return e.words.indexOf(w)>=0})});
        show()}
        function ready(){
        // Where the folder of the entries is not shown to others, the page stays as it was written.
        if(!all.length)return;
        all.sort(function(a,b){return b.time-a.time});
        var years={};all.forEach(function(e){e.words=(e.title+' '+e.name+' '+day(e)+' '+(e.said||'')).toLowerCase();years[day(e).slice(0,4)]=1});
        Object.keys(years).sort().reverse().forEach(function(y){text('option',y,year).value=y});
        document.getElementById('search').hidden=false;filter()}
        window.momentsGallery=function(number,entries){entries.forEach(function(e){all.push(e)})};
        boxes.forEach(function(name){waiting++;var s=document.createElement('script');
        s.src=list.dataset.folder+'/'+name;s.async=true;
        s.onload=s.onerror=function(){if(--waiting===0)ready()};document.head.appendChild(s)});
        query.addEventListener('input',function(){limit=page;filter()});
        year.addEventListener('change',function(){limit=page;filter()});
        more.firstChild.addEventListener('click',function(){limit+=page*4;show()});
        document.getElementById('search').addEventListener('submit',function(e){e.preventDefault()});
        function swap(on){return function(e){
        var a=e.target.closest&&e.target.closest('a'),img=a&&a.querySelector('img[data-preview]');
        if(!img||matchMedia('(prefers-reduced-motion: reduce)').matches)return;
        if(on&&!img.dataset.still){img.dataset.still=img.src;img.src=img.dataset.preview}
        if(!on&&img.dataset.still&&!(e.relatedTarget&&a.contains(e.relatedTarget))){
        img.src=img.dataset.still;delete img.dataset.still}}}
        list.addEventListener('pointerover',swap(true));list.addEventListener('pointerout',swap(false));
        list.addEventListener('focusin',swap(true));list.addEventListener('focusout',swap(false));
        })();
        """#
}
