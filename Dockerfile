# Fieldnotes in a container:
#   docker build -t fieldnotes .
#   docker run --rm -p 127.0.0.1:8888:8888 -v fieldnotes:/home/fieldnotes/fieldnotes/my fieldnotes
# The second command prints the link to open. Notebooks in my/ are kept in the volume.

# What ./workbench needs; the dev container ends here and takes the checkout from outside.
FROM eclipse-temurin:25-jdk-noble AS tools
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       ca-certificates fontconfig git libgomp1 maven python3 python3-venv \
    && rm -rf /var/lib/apt/lists/* \
    && (userdel --remove ubuntu || true) \
    && useradd --create-home --uid 1000 --shell /bin/bash fieldnotes
ENV LANG=C.UTF-8
USER fieldnotes
WORKDIR /home/fieldnotes

FROM tools AS lab
COPY --chown=fieldnotes:fieldnotes . /home/fieldnotes/fieldnotes
WORKDIR /home/fieldnotes/fieldnotes
RUN mkdir -p my && ./workbench build
EXPOSE 8888
HEALTHCHECK --start-period=60s CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8888/api')"]
CMD ["./workbench", "lab", "--no-browser", "--ip=0.0.0.0", "--port=8888"]
