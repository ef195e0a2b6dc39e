/// What makes a report an editor, where scripts may run.
enum ReportScript {
    /// The editor's frame; shown by the script alone.
    static let editor: StaticString = """
        <section id="editor" aria-labelledby="editor-title" hidden>
        <h2 id="editor-title">Make another reel</h2>
        <fieldset><legend>How</legend>
        <label><input type="radio" name="mode" value="choose" checked> let momentsd choose again</label>
        <label><input type="radio" name="mode" value="exact"> exactly these shots</label></fieldset>
        <p id="length-line"><label>Length in seconds <input type="number" id="length" min="1" max="86400" step="0.5"></label></p>
        <div class="wide"><table class="stack"><thead><tr><th scope="col">Moment</th><th scope="col">From (s)</th><th scope="col">To (s)</th>
        <th scope="col">In the next reel</th></tr></thead><tbody id="rows"></tbody></table></div>
        <p><button type="button" id="add">Add a moment</button></p>
        <p id="total" role="status"></p>
        <p><label for="request">Save this beside the video as <b id="file"></b>:</label></p>
        <textarea id="request" rows="9" readonly spellcheck="false"></textarea>
        <p><button type="button" id="save">Save the request</button> <button type="button" id="copy">Copy its text</button></p>
        </section>

        """

    static let text = #"""
        'use strict';
        (function(){
        var data=JSON.parse(document.getElementById('data').textContent);
        var at=function(id){return document.getElementById(id)};
        var svg=at('timeline'),rows=[],exact=false;
        var round=function(n){return Math.round(n*1000)/1000};
        var clamp=function(n){return Math.min(Math.max(n,0),data.duration)};
        var make=function(name,parent){var e=document.createElement(name);if(parent)parent.appendChild(e);return e};
        var mode=function(value){exact=value==='exact';
        document.querySelectorAll('[name=mode]').forEach(function(r){r.checked=r.value===value});
        at('length-line').hidden=exact;rows.forEach(options);draw();tell()};
        function options(row){
        var was=row.choice.value;row.choice.textContent='';
        (exact?[['yes','shown'],['no','left out']]:[['','as it comes'],['pin','pinned'],['ban','banned']])
        .forEach(function(o){var e=make('option',row.choice);e.value=o[0];e.textContent=o[1]});
        if(exact)row.choice.value=was==='ban'||was==='no'?'no':was==='pin'||was==='yes'||row.chosen?'yes':'no';
        else row.choice.value=was==='no'||was==='ban'?'ban':was==='pin'||was==='yes'&&!row.chosen?'pin':''}
        function number(row,key,label){
        var input=make('input',make('td',row.line));input.type='number';input.step='0.1';input.min='0';
        input.max=String(data.duration);input.value=String(round(row[key]));input.setAttribute('aria-label',row.id+' '+label);
        input.addEventListener('change',function(){set(row,key,Number(input.value))});row[key+'Input']=input}
        function set(row,key,value){
        if(!isFinite(value))value=row[key];
        row[key]=key==='in'?Math.min(clamp(value),row.out-0.1):Math.max(clamp(value),row.in+0.1);
        row[key]=round(clamp(row[key]));row[key+'Input'].value=String(row[key]);
        if(!exact&&row.choice.value==='')mode('exact');draw();tell()}
        function add(segment,chosen){
        var row={id:segment.id,in:segment.in,out:segment.out,chosen:chosen,line:make('tr',at('rows'))};
        var head=make('th',row.line);head.scope='row';head.textContent=row.id;
        number(row,'in','from');number(row,'out','to');
        row.choice=make('select',make('td',row.line));row.choice.setAttribute('aria-label',row.id+' in the next reel');
        row.choice.addEventListener('change',function(){draw();tell()});
        options(row);rows.push(row);return row}
        function shown(){return rows.filter(function(r){return r.choice.value==='yes'})
        .sort(function(a,b){return a.in-b.in})}
        function request(){
        var range=function(r){return{in:round(r.in),out:round(r.out)}};
        var result=Object.assign({},data.kept);
        if(exact){result.segments=shown().map(range);return result}
        result.target_duration=Number(at('length').value)||data.target;
        ['pin','ban'].forEach(function(k){var list=rows.filter(function(r){return r.choice.value===k}).map(range);
        if(list.length)result[k]=list});return result}
        function tell(){
        var length=exact?shown().reduce(function(s,r){return s+r.out-r.in},0):Number(at('length').value)||data.target;
        var count=exact?shown().length:rows.filter(function(r){return r.choice.value==='pin'}).length;
        var sum=Math.round(length*10)/10;
        at('total').textContent=exact?'The reel will last '+sum+' s: '+count+' shots.'
        :'The reel will last about '+sum+' s; '+count+' moments are pinned.';
        var empty=exact&&!count;at('save').disabled=at('copy').disabled=empty;
        at('request').value=empty?'':JSON.stringify(request(),null,2)+'\n'}
        function draw(){
        svg.querySelectorAll('.edge').forEach(function(e){e.remove()});
        rows.forEach(function(row){
        var v=row.choice.value;if(v!=='yes'&&v!=='pin'&&!(v===''&&row.chosen))return;
        ['in','out'].forEach(function(key){
        var e=document.createElementNS('http://www.w3.org/2000/svg','line');
        // At the very ends there would be nothing to take hold of.
        var x=Math.min(Math.max(row[key]/data.duration*1000,4),996);
        e.setAttribute('class','edge');e.setAttribute('x1',x);e.setAttribute('x2',x);
        e.setAttribute('y1','0');e.setAttribute('y2','160');
        e.addEventListener('pointerdown',function(event){drag(event,row,key)});svg.appendChild(e)})})}
        function drag(event,row,key){
        event.preventDefault();
        var move=function(e){var box=svg.getBoundingClientRect();
        set(row,key,(e.clientX-box.left)/box.width*data.duration)};
        var stop=function(){window.removeEventListener('pointermove',move);window.removeEventListener('pointerup',stop)};
        window.addEventListener('pointermove',move);window.addEventListener('pointerup',stop)}
        data.shots.forEach(function(s){add(s,true)});data.misses.forEach(function(s){add(s,false)});
        function asked(ranges,choice,name){ranges.forEach(function(r,i){
        var near=rows.filter(function(row){return row.choice.value===''&&row.chosen===(choice==='pin')
        &&Math.abs(row.in-r.in)<0.5&&Math.abs(row.out-r.out)<0.5})[0];
        (near||add({id:name+' '+(i+1),in:clamp(r.in),out:clamp(r.out)},false)).choice.value=choice})}
        asked(data.pins,'pin','pinned');asked(data.bans,'ban','banned');
        at('length').value=String(data.target);at('length').addEventListener('input',tell);
        at('file').textContent=data.request;
        document.querySelectorAll('[name=mode]').forEach(function(r){
        r.addEventListener('change',function(){mode(r.value)})});
        at('add').addEventListener('click',function(){
        var t=document.querySelector('video').currentTime||0,start=clamp(Math.min(t,data.duration-3));
        var row=add({id:'moment '+(rows.length+1),in:start,out:clamp(start+3)},false);
        row.choice.value=exact?'yes':'pin';draw();tell();row.inInput.focus()});
        at('save').addEventListener('click',function(){
        var link=make('a');link.download=data.request;
        link.href=URL.createObjectURL(new Blob([at('request').value],{type:'application/json'}));link.click();
        setTimeout(function(){URL.revokeObjectURL(link.href)},10000)});
        at('copy').addEventListener('click',function(){
        var box=at('request');box.focus();box.select();
        if(navigator.clipboard)navigator.clipboard.writeText(box.value).catch(function(){});
        else document.execCommand('copy')});
        at('editor').hidden=false;if(data.exact)mode('exact');else{draw();tell()}
        })();
        """#
}
