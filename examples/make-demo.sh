#!/usr/bin/env bash
# Makes a demo video of about 75 seconds with ffmpeg's own sources: calm stretches, and three lively ones with sound.
#
#   examples/make-demo.sh OUT.mp4
set -euo pipefail
out=${1:?usage: make-demo.sh OUT.mp4}
size=640x360
rate=25

# One shot each: seconds, picture, sound.
shots=(
    "16|gradients=s=$size:r=$rate:n=3:seed=7:speed=0.004:c0=0x3a5a78:c1=0x8fb0c0:c2=0xd8d0b8|anoisesrc=c=brown:a=0.03:r=48000"
    "5|mandelbrot=s=$size:r=$rate:start_scale=1.5:end_scale=0.02:end_pts=125:maxiter=200|aevalsrc='0.6*sin(2*PI*(220+180*t)*t)*(0.35+0.65*gt(mod(t,0.5),0.25))':s=48000"
    "16|gradients=s=$size:r=$rate:n=2:seed=12:speed=0.003:c0=0x56664e:c1=0x98a890|sine=f=110:r=48000,volume=0.05"
    "5|life=s=160x90:r=$rate:mold=10:ratio=0.3:death_color=#c83232:life_color=#fff0a0:seed=3,scale=$size:flags=neighbor|anoisesrc=c=pink:a=0.8:r=48000:seed=5,tremolo=f=4:d=0.9"
    "16|gradients=s=$size:r=$rate:n=2:seed=21:speed=0.003:c0=0xb08860:c1=0xe8dcc8|anoisesrc=c=brown:a=0.02:r=48000:seed=9"
    "6|testsrc2=s=$size:r=$rate,rotate='t*1.3':fillcolor=0x202040,hue='h=60*t'|aevalsrc='0.5*sin(2*PI*660*t)*exp(-8*mod(t,0.4))+0.5*sin(2*PI*55*t)*exp(-6*mod(t,0.8))':s=48000"
    "12|gradients=s=$size:r=$rate:n=3:seed=40:speed=0.004:c0=0x204058:c1=0x6090a0:c2=0xa8c8c0|sine=f=90:r=48000,volume=0.04"
)

inputs=() chain='' joined=''
for index in "${!shots[@]}"; do
    IFS='|' read -r seconds picture sound <<<"${shots[index]}"
    inputs+=(-f lavfi -t "$seconds" -i "$picture" -f lavfi -t "$seconds" -i "$sound")
    chain+="[$((index * 2)):v]format=yuv420p,setsar=1[v$index];"
    chain+="[$((index * 2 + 1)):a]aformat=sample_rates=48000:channel_layouts=stereo[a$index];"
    joined+="[v$index][a$index]"
done
ffmpeg -nostdin -v error -y "${inputs[@]}" \
    -filter_complex "$chain${joined}concat=n=${#shots[@]}:v=1:a=1[v][a]" -map '[v]' -map '[a]' \
    -c:v libx264 -preset superfast -crf 21 -c:a aac -b:a 128k -movflags +faststart \
    -metadata creation_time=2026-06-21T15:04:05Z -metadata title="A demo" "$out"
