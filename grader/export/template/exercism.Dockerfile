# rustc {VERSION} and a C linker are in this image. Nothing is downloaded when a solution is tested.
FROM rust:{VERSION}-slim
WORKDIR /opt/test-runner
COPY . .
RUN useradd --create-home runner && chmod -R a+rX . && chmod +x grade bin/run.sh
USER runner
ENTRYPOINT ["/opt/test-runner/bin/run.sh"]
